/** What goes over the wire, as schemas: requests are checked by them, and the description is made of them. */

import { z } from "@hono/zod-openapi";
import { MAX_PROMPTS, MAX_STROKE_POINTS, type Prompt } from "../../clicks/index.ts";
import {
  type AnnotationFormatName,
  annotationFormatNames,
  type FormatName,
  formatNames,
} from "../../formats/index.ts";
import { pixel } from "../../image/index.ts";
import { canRedo, canUndo, state } from "../../session/index.ts";
import type { OpenSession } from "./sessions.ts";

const point = z
  .strictObject({
    x: z.number().openapi({ description: "To the right, 0 at the centre of the first pixel." }),
    y: z.number().openapi({ description: "Down, 0 at the centre of the first pixel." }),
    unit: z.literal("pixel").optional(),
  })
  .transform(({ x, y }) => pixel(x, y))
  .openapi("Point", { description: "A position in pixels of the picture." });

const label = z.string().min(1).max(200).openapi({ example: "object" });

const click = z
  .strictObject({ kind: z.literal("click"), at: point, says: label })
  .openapi("Click", {
    description: "The pixel at this place has this label.",
  });
const stroke = z
  .strictObject({
    kind: z.literal("stroke"),
    points: z.array(point).min(1).max(MAX_STROKE_POINTS),
    width: z.number().openapi({ description: "Of the brush, in pixels." }),
    says: label,
  })
  .openapi("Stroke", { description: "All pixels under this stroke have this label." });
const box = z
  .strictObject({ kind: z.literal("box"), from: point, to: point, says: label })
  .openapi("Box", { description: "Everything with this label lies inside." });
const lasso = z
  .strictObject({
    kind: z.literal("lasso"),
    points: z.array(point).min(3).max(MAX_STROKE_POINTS),
    says: label,
  })
  .openapi("Lasso", {
    description:
      "Everything with this label lies inside this closed outline, and most of it has it.",
  });

/** Total by type: a kind of prompt that the library knows and a client could not say does not compile. */
const kinds = { click, stroke, box, lasso } satisfies {
  readonly [Kind in Prompt["kind"]]: z.ZodType<Extract<Prompt, { kind: Kind }>>;
};

type Kinds = typeof kinds;

const prompt = z
  .discriminatedUnion("kind", Object.values(kinds) as [Kinds[keyof Kinds], ...Kinds[keyof Kinds][]])
  .openapi("Prompt");

export const promptsSchema: z.ZodType<{ readonly prompts: readonly Prompt[] }> = z
  .strictObject({ prompts: z.array(prompt).min(1).max(MAX_PROMPTS) })
  .openapi("Prompts", {
    example: { prompts: [{ kind: "click", at: { x: 320, y: 240 }, says: "object" }] },
  });

export const labelSchema: z.ZodType<{ readonly label: string }> = z
  .strictObject({ label })
  .openapi("Label", { example: { label: "dog" } });

export const renameSchema: z.ZodType<{ readonly to: string }> = z
  .strictObject({ to: label })
  .openapi("Rename", { example: { to: "wolf" } });

export const problemSchema: z.ZodType<{
  readonly error: string;
  readonly path?: string | undefined;
}> = z
  .object({
    error: z.string(),
    path: z.string().optional().openapi({ description: "Where in the request the fault is." }),
  })
  .openapi("Problem");

export interface SessionView {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly string[];
  readonly prompts: readonly { readonly id: string; readonly prompt: Prompt }[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export const sessionSchema: z.ZodType<SessionView> = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: "The picture's file name." }),
    width: z.number().int(),
    height: z.number().int(),
    labels: z.array(z.string()).openapi({ description: "The background first." }),
    prompts: z
      .array(z.object({ id: z.string(), prompt }))
      .openapi({ description: "What is in force, in the order it was said." }),
    canUndo: z.boolean(),
    canRedo: z.boolean(),
  })
  .openapi("Session");

/** A session as clients see it. */
export function sessionView({ id, name, session }: OpenSession): SessionView {
  const { labels, prompts } = state(session);
  return {
    id,
    name,
    width: session.width,
    height: session.height,
    labels,
    prompts: [...prompts].map(([id, prompt]) => ({ id, prompt })),
    canUndo: canUndo(session),
    canRedo: canRedo(session),
  };
}

export const formatSchema: z.ZodType<FormatName> = z
  .enum(formatNames as [FormatName, ...FormatName[]])
  .openapi({ description: "One of the names that /v1/formats lists." });

export const annotationFormatSchema: z.ZodType<AnnotationFormatName> = z
  .enum(annotationFormatNames as [AnnotationFormatName, ...AnnotationFormatName[]])
  .openapi({ description: "One of the annotation formats that /v1/formats lists." });
