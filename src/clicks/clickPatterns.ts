/**
 * How people click, beside the exact middle of the largest error: anywhere in it, close to its
 * border, or beside its middle.
 *
 * All patterns look at the same error, the connected piece (neighbours across edges) that holds
 * the click of `nextClick`, say the same about it, and click a pixel of it that was not clicked.
 * So they differ in the place alone. With d the distance of a pixel to the outside of its error:
 *
 *     centre   the first pixel of greatest d
 *     uniform  p(pixel) equal
 *     border   p(pixel) ∝ 1 / d²
 *     jitter   p(pixel) equal within d/2 of the centre, d being the centre's
 *
 * Sums and comparisons only: a seed gives the same clicks on every machine.
 *
 * @see Antonov et al. 2024, "RClicks: Realistic Click Simulation for Benchmarking Interactive Segmentation", on how unlike people the centre is.
 */

import { components } from "../image/components.ts";
import { type Mask, type PixelPoint, pixel } from "../image/pixels.ts";
import { type Deepest, deepestError, errors } from "./errors.ts";
import { BACKGROUND, type Click, OBJECT } from "./prompts.ts";
import type { Truth } from "./truth.ts";

export type PatternName = "centre" | "uniform" | "border" | "jitter";

/**
 * Where somebody clicks next.
 *
 * @param prediction Of the truth's size: not 0 is the object.
 * @param clicked    Where earlier clicks were, on whole pixels.
 * @param random     Uniform in [0, 1), seeded.
 */
export type ClickPattern = (
  truth: Truth,
  prediction: Mask,
  clicked: Iterable<PixelPoint>,
  random: () => number,
) => Click;

export const clickPatterns: Readonly<Record<PatternName, ClickPattern>> = {
  centre: pattern(() => undefined),
  uniform: pattern((error, random) => drawn(piece(error), () => 1, random)),
  border: pattern((error, random) => drawn(piece(error), (at) => 1 / error.depths[at], random)),
  jitter: pattern((error, random) => drawn(disc(error), () => 1, random)),
};

export const patternNames: readonly PatternName[] = ["centre", "uniform", "border", "jitter"];

/** @param place The pixel to click, `undefined` for the centre. */
function pattern(
  place: (error: Deepest, random: () => number) => number | undefined,
): ClickPattern {
  return (truth, prediction, clicked, random) => {
    const { width } = truth;
    const already = Array.from(clicked, ({ x, y }) => y * width + x);
    const error = deepestError(errors(truth, prediction), already);
    const at = (error.depth > 0 ? place(error, random) : undefined) ?? error.at;
    return {
      kind: "click",
      at: pixel(at % width, Math.floor(at / width)),
      says: error.isMissed ? OBJECT : BACKGROUND,
    };
  };
}

/** The pixels of the connected piece around the deepest one that were not clicked, in order. */
function piece({ set, at, depths }: Deepest): readonly number[] {
  const { data } = components(set, 4);
  const found: number[] = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === data[at] && depths[i] > 0) found.push(i);
  }
  return found;
}

/** The pixels within half the depth of the deepest one that were not clicked; all lie in its error. */
function disc({ set, at, depth, depths }: Deepest): readonly number[] {
  const { width } = set;
  const [x, y] = [at % width, Math.floor(at / width)];
  const reach = Math.floor(Math.sqrt(depth) / 2);
  const found: number[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      if (4 * (dx * dx + dy * dy) > depth) continue;
      const near = (y + dy) * width + x + dx;
      if (depths[near] > 0) found.push(near);
    }
  }
  return found;
}

/** One of some pixels, each as probable as its weight over the sum of all. */
function drawn(
  pixels: readonly number[],
  weight: (at: number) => number,
  random: () => number,
): number | undefined {
  const total = pixels.reduce((sum, at) => sum + weight(at), 0);
  let rest = random() * total;
  for (const at of pixels) {
    rest -= weight(at);
    if (rest < 0) return at;
  }
  return pixels.at(-1);
}
