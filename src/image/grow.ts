/**
 * Grow or shrink a label: dilation and erosion by a disc,
 *
 *     grown   = { x : some pixel of the label is within r of x }
 *     shrunk  = { x : every pixel within r of x has the label }
 *
 * by exact distances, so that corners come out round. What lies beyond the border of the image is
 * not known, and does not eat into a label that touches it.
 */

import type { Mask } from "./pixels.ts";
import { squaredDistances } from "./squaredDistances.ts";

/**
 * A label grown into the background around it; other labels keep their pixels.
 *
 * @param by In pixels; below 0 the label shrinks, and leaves background.
 */
export function grow({ width, height, data }: Mask, by: number, label = 1): Mask {
  if (!Number.isFinite(by)) {
    throw new RangeError(`grow: expected a finite number of pixels, got ${by}.`);
  }
  // Where there is nothing to measure to, distances are the square of the diagonal.
  const reach = Math.min(by * by, width * width + height * height - 1);
  const shrinks = by < 0;
  const sets = data.map((value) => Number((value === label) === shrinks));
  const distances = squaredDistances({ width, height, data: sets }, { border: "unknown" }).data;
  const [from, to] = shrinks ? [label, 0] : [0, label];
  return {
    width,
    height,
    data: data.map((value, at) => (value === from && distances[at] <= reach ? to : value)),
  };
}
