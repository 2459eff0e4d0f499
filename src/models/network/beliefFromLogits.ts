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
      toShares(rows, pixels);
      return rows;
    },
  };
}

/** Softmax over the labels of `[labels, pixels]`, in place, plane by plane. */
function toShares(rows: Float32Array, pixels: number): void {
  const planes = Array.from({ length: rows.length / pixels }, (_, label) =>
    rows.subarray(label * pixels, (label + 1) * pixels),
  );
  const largest = rows.slice(0, pixels);
  for (const plane of planes) {
    for (let at = 0; at < pixels; at++) if (plane[at] > largest[at]) largest[at] = plane[at];
  }
  const totals = new Float64Array(pixels);
  for (const plane of planes) {
    for (let at = 0; at < pixels; at++) {
      // e⁰ need not be worked out: with two labels that is every other one.
      plane[at] = plane[at] === largest[at] ? 1 : Math.exp(plane[at] - largest[at]);
      totals[at] += plane[at];
    }
  }
  for (const plane of planes) {
    for (let at = 0; at < pixels; at++) plane[at] /= totals[at];
  }
}
