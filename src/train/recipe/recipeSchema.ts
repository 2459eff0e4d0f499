/** What a recipe may say. Whatever is not listed here is refused, so that nothing is misspelt in silence. */

import { z } from "zod";
import { patternNames } from "../../clicks/clickPatterns.ts";
import type { Recipe } from "./recipe.ts";

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const positive = z.number().gt(0);
const notNegative = z.number().min(0);

const NONE = { error: "expected a weight above 0, got none" };

function isAny(all: Readonly<Record<string, number | undefined>>): boolean {
  return Object.values(all).some((weight) => weight !== undefined && weight > 0);
}

/** Weights of some of these names, at least one of them above 0. */
function weights<Name extends string>(names: readonly Name[]) {
  return z.partialRecord(z.enum(names), notNegative).refine(isAny, NONE);
}

const network = z.strictObject({
  name: z.string().min(1),
  like: z.string(),
  attention: z
    .strictObject({
      keySteps: z.int().min(0).exactOptional(),
      span: z.enum(["full", "axial"]).exactOptional(),
      positions: z.enum(["none", "factored", "full"]).exactOptional(),
      prior: z.enum(["uniform", "magnitude"]).exactOptional(),
    })
    .exactOptional(),
  interaction: z
    .strictObject({
      entry: z.enum(["late", "early"]).exactOptional(),
      takesStart: z.boolean().exactOptional(),
    })
    .exactOptional(),
  classifier: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("linear") }),
      z.strictObject({
        kind: z.literal("corrective"),
        stride: count,
        heads: count,
        channels: count,
        valueSteps: z.int().min(0),
      }),
    ])
    .exactOptional(),
});

const crop = z.strictObject({
  side: z.int().min(16),
  scale: z.tuple([positive, positive]).refine(([least, most]) => least <= most, {
    error: "expected [least, most], got them in reverse",
  }),
  flip: share.default(0.5),
  brightness: share.default(0),
  contrast: share.default(0),
  saturation: share.default(0),
  blur: z.strictObject({ share, sigma: notNegative }).default({ share: 0, sigma: 0 }),
  paste: share.default(0),
  least: share.default(0.002),
});

const optimiser = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("adamW"),
    rate: positive,
    betas: z.tuple([share, share]).default([0.9, 0.999]),
    weightDecay: notNegative.default(0),
  }),
  z.strictObject({
    name: z.literal("sgd"),
    rate: positive,
    momentum: share.default(0.9),
    weightDecay: notNegative.default(0),
  }),
]);

const schedule = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("constant") }),
  z.strictObject({
    name: z.literal("cosine"),
    warmUp: z.int().min(0).default(0),
    floor: share.default(0),
  }),
  z.strictObject({ name: z.literal("poly"), power: positive.default(0.9) }),
]);

/** Several stars in one pattern would make it ambiguous to read, and nobody needs them. */
const pattern = z
  .string()
  .regex(/^[^*]*\*?[^*]*$/, { error: "expected a name with at most one *" });

const fields = z.strictObject({
  network: z.union([z.string(), network]),
  seed: z.int().min(0).default(1),
  sources: z.record(z.string(), notNegative).refine(isAny, NONE),
  heldOut: share.default(0.02),
  crop,
  clicks: z.strictObject({
    most: count,
    patterns: weights(patternNames).default({ centre: 1 }),
  }),
  curriculum: z
    .array(
      z.strictObject({
        steps: count,
        tasks: weights(["first", "correction", "loop"]),
      }),
    )
    .min(1),
  batch: count,
  loss: z
    .strictObject({
      focal: notNegative.default(1),
      gamma: notNegative.default(2),
      iou: notNegative.default(0),
    })
    .refine(({ focal, iou }) => focal + iou > 0, NONE),
  optimiser,
  schedule: schedule.default({ name: "constant" }),
  groups: z
    .array(
      z.strictObject({
        match: pattern,
        rate: notNegative.default(1),
        weightDecay: notNegative.optional(),
      }),
    )
    .default([]),
  maxNorm: positive.default(1),
  averaging: z.number().min(0).lt(1).default(0),
  evaluation: z
    .strictObject({ every: count, objects: count, clicks: count })
    .default({ every: 500, objects: 40, clicks: 10 }),
  keep: z.enum(["last", "best"]).exactOptional(),
});

/** The schema of recipes; what it gives has all defaults filled in. */
export const recipeSchema: z.ZodType<Recipe> = fields.superRefine(
  ({ schedule: chosen, curriculum }, context) => {
    const total = curriculum.reduce((sum, { steps }) => sum + steps, 0);
    if (chosen.name !== "cosine" || chosen.warmUp < total) return;
    context.addIssue({
      code: "custom",
      path: ["schedule", "warmUp"],
      message: `expected fewer than the ${total} steps of the curriculum, got ${chosen.warmUp}`,
    });
  },
);
