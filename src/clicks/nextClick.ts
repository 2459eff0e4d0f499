/**
 * The simulated annotator of interactive segmentation research: it clicks the
 * middle of the largest error.
 *
 * Errors are pixels of the object that the prediction misses (FN) and other
 * pixels that it takes (FP); ignored pixels are neither. Of both sets it takes
 * the squared Euclidean distance of each pixel to the nearest one outside the
 * set, the border of the image counting as outside; clicked pixels count 0
 * (their neighbours' distances stay). The larger maximum wins, a tie goes to
 * FP; the click is on the first such pixel, row by row. Pieces of a set are
 * not told apart. Where there is no error left, it clicks background at (0, 0).
 *
 * Distances are whole numbers, so equal ones tie on every machine.
 *
 * @see Sofiiuk, Petrov & Konushin 2021, "Reviving Iterative Training with Mask Guidance for Interactive Segmentation".
 */

import { type Mask, type PixelPoint, pixel } from "../image/pixels.ts";
import { squaredDistances } from "../image/squaredDistances.ts";
import { BACKGROUND, type Click, OBJECT } from "./prompts.ts";
import { IGNORE, INSIDE, type Truth } from "./truth.ts";

/**
 * The next click on one object.
 *
 * @param prediction What was predicted, of the truth's size: not 0 is the object.
 * @param clicked    Where earlier clicks were.
 * @returns          A click on a whole pixel that says `OBJECT` or `BACKGROUND`.
 */
export function nextClick(
  truth: Truth,
  prediction: Mask,
  clicked: Iterable<PixelPoint> = [],
): Click {
  const { width, height } = truth;
  if (prediction.width !== width || prediction.height !== height) {
    throw new RangeError(
      `nextClick: expected a prediction of the truth's size, ${width}×${height}, got ${prediction.width}×${prediction.height}.`,
    );
  }
  const missed = new Uint8Array(width * height);
  const taken = new Uint8Array(width * height);
  for (let at = 0; at < missed.length; at++) {
    const isObject = truth.data[at] === INSIDE;
    const isPredicted = prediction.data[at] !== 0;
    if (isObject && !isPredicted) missed[at] = 1;
    if (!isObject && isPredicted && truth.data[at] !== IGNORE) taken[at] = 1;
  }
  const already = Array.from(clicked, ({ x, y }) => Math.round(y) * width + Math.round(x));
  const inMissed = deepest({ width, height, data: missed }, already);
  const inTaken = deepest({ width, height, data: taken }, already);
  const isMissed = inMissed.depth > inTaken.depth;
  const { at } = isMissed ? inMissed : inTaken;
  return {
    kind: "click",
    at: pixel(at % width, Math.floor(at / width)),
    says: isMissed ? OBJECT : BACKGROUND,
  };
}

/** The first of the deepest pixels of a set, row by row, and its squared depth; pixel 0 and 0 where there is none. */
function deepest(
  set: Mask,
  already: readonly number[],
): { readonly at: number; readonly depth: number } {
  const { data } = squaredDistances(set);
  for (const at of already) data[at] = 0;
  let [best, depth] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    if (data[at] > depth) {
      depth = data[at];
      best = at;
    }
  }
  return { at: best, depth };
}
