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
import { deepestError, errors } from "./errors.ts";
import { BACKGROUND, type Click, OBJECT } from "./prompts.ts";
import type { Truth } from "./truth.ts";

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
  const { width } = truth;
  const already = Array.from(clicked, ({ x, y }) => Math.round(y) * width + Math.round(x));
  const { at, isMissed } = deepestError(errors(truth, prediction), already);
  return {
    kind: "click",
    at: pixel(at % width, Math.floor(at / width)),
    says: isMissed ? OBJECT : BACKGROUND,
  };
}
