/** How well a mask covers an object, counted in pixels that somebody decided. */

import { IGNORE, INSIDE, type Truth } from "../clicks/truth.ts";
import type { Mask } from "../image/pixels.ts";

export interface Overlap {
  /** Pixels in both the object and the mask. */
  readonly intersection: number;
  /** Pixels in at least one of them. */
  readonly union: number;
}

/**
 * Compare a mask with the truth; ignored pixels do not count.
 *
 * @param mask Of the truth's size: not 0 is the object.
 */
export function overlap(truth: Truth, mask: Mask): Overlap {
  if (mask.width !== truth.width || mask.height !== truth.height) {
    throw new RangeError(
      `overlap: expected a mask of the truth's size, ${truth.width}×${truth.height}, got ${mask.width}×${mask.height}.`,
    );
  }
  let intersection = 0;
  let union = 0;
  for (let at = 0; at < truth.data.length; at++) {
    if (truth.data[at] === IGNORE) continue;
    const isObject = truth.data[at] === INSIDE;
    const isMasked = mask.data[at] !== 0;
    if (isObject && isMasked) intersection++;
    if (isObject || isMasked) union++;
  }
  return { intersection, union };
}

/** Intersection over union, 0 to 1; `NaN` where there is neither object nor mask. */
export function iou({ intersection, union }: Overlap): number {
  return intersection / union;
}

/**
 * Whether the IoU is at least so many percent, compared in whole numbers: 9 of 10 pixels are 90 %,
 * which 0.9 in floating point would miss. Never where there is neither object nor mask.
 */
export function reaches({ intersection, union }: Overlap, percent: number): boolean {
  return union > 0 && 100 * intersection >= percent * union;
}

/**
 * How many clicks it took to reach an IoU for the first time, `undefined` if it never did; a later
 * fall does not matter.
 *
 * @param overlaps After each click, first click first.
 */
export function clicksToReach(percent: number, overlaps: readonly Overlap[]): number | undefined {
  const first = overlaps.findIndex((one) => reaches(one, percent));
  return first === -1 ? undefined : first + 1;
}
