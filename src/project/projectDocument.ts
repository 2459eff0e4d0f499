/** A project as a document: what `project.json` holds. docs/project.md describes it. */

import * as z from "zod/mini";
import { FormatError } from "../formats/formatError.ts";
import { formatAndVersion, readDocument } from "../formats/readDocument.ts";
import { type Attribute, checkProject, type Project, type ProjectLabel } from "./project.ts";

const VERSION = 1;
const name = z.string().check(z.minLength(1), z.maxLength(200));

const attributes = {
  choice: z.strictObject({
    kind: z.literal("choice"),
    name,
    values: z.array(name).check(z.minLength(1)),
  }),
  check: z.strictObject({ kind: z.literal("check"), name }),
  text: z.strictObject({ kind: z.literal("text"), name }),
} satisfies {
  readonly [Kind in Attribute["kind"]]: z.ZodMiniType<Extract<Attribute, { kind: Kind }>>;
};

const schema = z.strictObject({
  ...formatAndVersion("maskwise project", VERSION),
  name: z.string().check(z.maxLength(200)),
  labels: z
    .array(
      z.strictObject({
        name,
        colour: z.string().check(z.regex(/^#[0-9a-f]{6}$/, "expected #rrggbb")),
        key: z.exactOptional(z.string().check(z.length(1))),
        attributes: z.array(
          z.discriminatedUnion("kind", [attributes.choice, attributes.check, attributes.text]),
        ),
      }),
    )
    .check(z.maxLength(255)),
});

export interface ProjectDocument {
  readonly format: "maskwise project";
  readonly version: number;
  readonly name: string;
  readonly labels: readonly ProjectLabel[];
}

export function writeProject({ name, labels }: Project): ProjectDocument {
  return { format: "maskwise project", version: VERSION, name, labels };
}

/** @throws {FormatError} It is no such document; the message has the path to every fault. */
export function readProject(document: unknown, source = "project.json"): Project {
  const { name, labels } = readDocument(schema, document, { expected: "a project", source });
  const project = { name, labels };
  try {
    checkProject(project);
  } catch (cause) {
    throw new FormatError(`${source}: ${(cause as Error).message}`, { cause });
  }
  return project;
}
