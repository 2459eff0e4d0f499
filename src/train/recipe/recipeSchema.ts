/** What a recipe may say. Whatever is not listed here is refused, so that nothing is misspelt in silence. */

import { z } from "zod";
import { patternNames } from "../../clicks/clickPatterns.ts";

const count = z.int().min(1);
const share = z.number().min(0).max(1);
const positive = z.number().gt(0);
const notNegative = z.number().min(0);

/** Weights by name, at least one of them above 0. */
function weights<Name extends z.ZodType<string, string>>(name: Name) {
  return z
    .partialRecord(name, notNegative)
    .refine((all) => Object.values(all).some((weight) => Number(weight) > 0), {
      error: "expected a weight above 0, got none",
    });
}

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
  network: z.string(),
  seed: z.int().min(0).default(1),
  /** Weights of sources: `NAME` (all sets of that data), or `NAME/SET`. */
  sources: weights(z.string()),
  /** Share of pictures that is never trained on, to look at the network with. */
  heldOut: share.default(0.02),
  crop,
  clicks: z.strictObject({
    most: count,
    patterns: weights(z.enum(patternNames)).default({ centre: 1 }),
  }),
  curriculum: z
    .array(
      z.strictObject({
        steps: count,
        tasks: weights(z.enum(["first", "correction", "loop"])),
      }),
    )
    .min(1),
  /** Samples in a step. */
  batch: count,
  /** Weights of the losses in their sum. */
  loss: z
    .strictObject({
      focal: notNegative.default(1),
      gamma: notNegative.default(2),
      iou: notNegative.default(0),
    })
    .refine(({ focal, iou }) => focal + iou > 0, {
      error: "expected a weight above 0, got none",
    }),
  optimiser,
  schedule: schedule.default({ name: "constant" }),
  /** Every group that a parameter's name matches applies to it: rates multiply, the last decay holds. */
  groups: z
    .array(
      z.strictObject({
        match: pattern,
        rate: notNegative.default(1),
        weightDecay: notNegative.optional(),
      }),
    )
    .default([]),
  /** Length above which all gradients together are shortened. */
  maxNorm: positive.default(1),
  /** Decay of the averages of the weights, in [0, 1); 0 keeps none. */
  averaging: z.number().min(0).lt(1).default(0),
  evaluation: z
    .strictObject({ every: count, objects: count, clicks: count })
    .default({ every: 500, objects: 40, clicks: 10 }),
});

export const recipeSchema = fields.superRefine(({ schedule: chosen, curriculum }, context) => {
  const total = curriculum.reduce((sum, { steps }) => sum + steps, 0);
  if (chosen.name !== "cosine" || chosen.warmUp < total) return;
  context.addIssue({
    code: "custom",
    path: ["schedule", "warmUp"],
    message: `expected fewer than the ${total} steps of the curriculum, got ${chosen.warmUp}`,
  });
});

/** A recipe with all its defaults filled in. */
export type Recipe = z.infer<typeof recipeSchema>;
