/**
 * Boundary IoU: the overlap of two outlines, each as thick as 2 % of the image's diagonal, so that
 * the inside of large objects does not hide what is wrong at their edge.
 *
 *     (G_d ∩ G) against (P_d ∩ P),  X_d: pixels within d of the outside of X, diagonals counting 1
 *
 * What lies beyond the image's border counts as outside, as in the authors' code.
 *
 * @see Cheng et al. 2021, "Boundary IoU: Improving Object-Centric Image Segmentation Evaluation".
 */

import { IGNORE, INSIDE, type Truth } from "../clicks/truth.ts";
import type { Mask } from "../image/pixels.ts";
import type { Overlap } from "./overlap.ts";

/** Thickness of the outlines, of the image's diagonal. */
export const BOUNDARY_SHARE = 0.02;

/**
 * The overlap of the outlines of an object and of masks; ignored pixels do not count.
 *
 * @returns A function of masks of the truth's size, not 0 being the object.
 */
export function boundaryOverlap(truth: Truth): (mask: Mask) => Overlap {
  const { width, height } = truth;
  const reach = Math.max(1, Math.round(BOUNDARY_SHARE * Math.hypot(width, height)));
  const isObject = truth.data.map((value) => (value === INSIDE ? 1 : 0));
  const right = outline({ width, height, data: isObject }, reach);
  return (mask) => {
    const drawn = outline(mask, reach);
    let intersection = 0;
    let union = 0;
    for (let at = 0; at < right.length; at++) {
      if (truth.data[at] === IGNORE) continue;
      intersection += right[at] & drawn[at];
      union += right[at] | drawn[at];
    }
    return { intersection, union };
  };
}

/** 1 where a set pixel has one that is not set at most `reach` rows and columns away. */
function outline({ width, height, data }: Mask, reach: number): Uint8Array {
  // Whether a pixel, or one of its row within reach, is not set.
  const near = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    sweep(near, (at) => data[at] === 0, y * width, 1, width, reach);
  }
  const both = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) sweep(both, (at) => near[at] === 1, x, width, height, reach);
  for (let at = 0; at < both.length; at++) if (data[at] === 0) both[at] = 0;
  return both;
}

/** Mark what is within reach of a hit along a line; both ends count as hits just beyond it. */
function sweep(
  marks: Uint8Array,
  isHit: (at: number) => boolean,
  start: number,
  step: number,
  count: number,
  reach: number,
): void {
  const end = start + (count - 1) * step;
  for (const [from, by] of [
    [start, step],
    [end, -step],
  ]) {
    let since = 1;
    for (let i = 0, at = from; i < count; i++, at += by, since++) {
      if (isHit(at)) since = 0;
      if (since <= reach) marks[at] = 1;
    }
  }
}
