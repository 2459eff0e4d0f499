/** Documents that may come from anywhere: checked by their schema, and faults told with their paths. */

import { en } from "zod/locales";
import * as z from "zod/mini";
import { FormatError } from "./formatError.ts";

/** The first two fields of every document of ours. */
export function formatAndVersion<Format extends string, Version extends number>(
  format: Format,
  version: Version,
): { format: z.ZodMiniLiteral<Format>; version: z.ZodMiniLiteral<Version> } {
  return {
    format: z.literal(format),
    version: z.literal(version, {
      error: ({ input }) =>
        `expected ${version}, got ${typeof input === "object" ? "an object" : input}. Was it written by a newer Maskwise?`,
    }),
  };
}

export interface Reading {
  /** What it should be, such as "a session". */
  readonly expected: string;
  /** What to call it in messages, such as its path. */
  readonly source: string;
}

/** Messages in words: the small build of the library brings none. */
const ENGLISH = { error: en().localeError };

/** So many faults are told; a file of another kind has one at every place. */
const TOLD = 5;

/** @throws {FormatError} With the path to every fault. */
export function readDocument<Schema extends z.ZodMiniType>(
  schema: Schema,
  document: unknown,
  { expected, source }: Reading,
): z.output<Schema> {
  const parsed = z.safeDecode(schema, document as z.input<Schema>, ENGLISH);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const told = issues
    .slice(0, TOLD)
    .map(
      ({ path, message }) => `${path.join(".") || "the document"}: ${message.replace(/\.$/, "")}`,
    );
  const more = issues.length > TOLD ? [`${issues.length - TOLD} more`] : [];
  throw new FormatError(`${source}: expected ${expected}, got ${[...told, ...more].join("; ")}.`);
}
