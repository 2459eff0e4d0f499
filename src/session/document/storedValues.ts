/** Values as JSON holds them, and back: positions, run lengths, masks. */

import * as z from "zod/mini";
import type { Corner, Outline } from "../../image/outlines.ts";
import type { PixelSet } from "../../image/pixelSet.ts";
import { type Mask, type PixelPoint, pixel } from "../../image/pixels.ts";
import { runLengthCounts, runLengthString } from "../../image/runLengthString.ts";
import { maskOfRunLengths, type RunLengths, runLengths } from "../../image/runLengths.ts";

/** Larger images are refused: a short text could ask for any amount of memory. */
const MAX_PIXELS = 2 ** 29;

export const side: z.ZodMiniType<number, number> = z
  .int()
  .check(z.minimum(1), z.maximum(MAX_PIXELS));

/** A position as `[x, y]`. */
export const storedPoint: z.ZodMiniType<PixelPoint> = z.codec(
  z.tuple([z.number(), z.number()]),
  z.object({ unit: z.literal("pixel"), x: z.number(), y: z.number() }),
  { decode: ([x, y]) => pixel(x, y), encode: ({ x, y }): [number, number] => [x, y] },
);

/** `[height, width]`, as COCO has it. */
const size = z
  .tuple([side, side])
  .check(
    z.refine(([height, width]) => height * width <= MAX_PIXELS, "expected at most 2²⁹ pixels"),
  );

/** A set of pixels: plain as it is. */
export const storedPixelSet: z.ZodMiniType<PixelSet> = z.strictObject({
  left: z.int(),
  top: z.int(),
  width: side,
  height: side,
  runs: z.string(),
});

/** Run lengths: plain as they are. */
export const storedRuns: z.ZodMiniType<RunLengths> = z.strictObject({
  width: side,
  height: side,
  counts: z.array(z.int().check(z.minimum(0))),
});

/** A corner of pixels as `[x, y]`. */
const storedCorner: z.ZodMiniType<Corner> = z.codec(
  z.tuple([z.number(), z.number()]),
  z.object({ unit: z.literal("corner"), x: z.number(), y: z.number() }),
  {
    decode: ([x, y]) => ({ unit: "corner" as const, x, y }),
    encode: ({ x, y }): [number, number] => [x, y],
  },
);

const ring = z.array(storedCorner);

export const storedOutline: z.ZodMiniType<Outline> = z.strictObject({
  outer: ring,
  holes: z.array(ring),
});

/** A mask as the run lengths of each label but 0: `{ size, labels: { "1": counts, … } }`. */
export const storedMask: z.ZodMiniType<Mask> = z.codec(
  z.strictObject({
    size,
    labels: z.record(z.string().check(z.regex(/^[1-9]\d{0,2}$/)), z.string()),
  }),
  z.custom<Mask>(),
  {
    decode: ({ size: [height, width], labels }, { issues }) =>
      orIssue(issues, labels, () => maskOfLabels({ width, height }, labels)),
    encode: (mask) => ({
      size: [mask.height, mask.width] as [number, number],
      labels: labelsOfMask(mask),
    }),
  },
);

function labelsOfMask(mask: Mask): Record<string, string> {
  const present = [...new Set(mask.data)].filter((label) => label !== 0).sort((a, b) => a - b);
  return Object.fromEntries(
    present.map((label) => [`${label}`, runLengthString(runLengths(mask, label).counts)]),
  );
}

function maskOfLabels(
  { width, height }: { readonly width: number; readonly height: number },
  labels: Readonly<Record<string, string>>,
): Mask {
  const data = new Uint8Array(width * height);
  for (const [label, counts] of Object.entries(labels)) {
    const value = Number(label);
    if (value > 255) throw new RangeError(`expected labels from 1 to 255, got ${label}.`);
    const one = maskOfRunLengths({ width, height, counts: runLengthCounts(counts) }, value);
    one.data.forEach((here, at) => {
      if (here === 0) return;
      if (data[at] !== 0) {
        throw new RangeError(`expected one label a pixel, got ${data[at]} and ${value} at ${at}.`);
      }
      data[at] = here;
    });
  }
  return { width, height, data };
}

type Issues = z.core.ParsePayload["issues"];

/** What a function makes, or its complaint as a fault at this place. */
function orIssue<T>(issues: Issues, input: unknown, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    issues.push({ code: "custom", message: error.message, input });
    return z.NEVER;
  }
}
