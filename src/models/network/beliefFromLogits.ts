/** From logits on a coarse grid to probabilities at every pixel of the picture, row by row. */

import type { Label } from "../../clicks/prompts.ts";
import type { Plane, Size } from "../../image/pixels.ts";
import { resizedRows } from "../../image/resize.ts";
import type { Belief } from "../model.ts";

/**
 * Each label against the background, whose logit is 0; between pixels of the grid logits are
 * interpolated.
 *
 * @param logits One for each label but the background, in their order; `undefined` for a label that
 *   nobody asked for, which is nowhere.
 */
export function beliefFromLogits(
  { width, height }: Size,
  labels: readonly Label[],
  logits: readonly (Plane | undefined)[],
): Belief {
  const size = { width, height };
  const planes = logits.map((plane) => plane && resizedRows(plane, size));
  return {
    ...size,
    labels,
    rows: (from, to) => {
      const pixels = (to - from) * width;
      const rows = new Float32Array(labels.length * pixels);
      planes.forEach((plane, i) => {
        const own = rows.subarray((i + 1) * pixels, (i + 2) * pixels);
        if (plane === undefined) own.fill(-Infinity);
        else own.set(plane(from, to));
      });
      for (let at = 0; at < pixels; at++) toShares(rows, pixels, at);
      return rows;
    },
  };
}

/** Softmax over every `step`th number from `first` on, in place. */
function toShares(rows: Float32Array, step: number, first: number): void {
  let largest = -Infinity;
  for (let at = first; at < rows.length; at += step) largest = Math.max(largest, rows[at]);
  let total = 0;
  for (let at = first; at < rows.length; at += step) {
    // e⁰ need not be worked out: with two labels that is every other one.
    rows[at] = rows[at] === largest ? 1 : Math.exp(rows[at] - largest);
    total += rows[at];
  }
  for (let at = first; at < rows.length; at += step) rows[at] /= total;
}
