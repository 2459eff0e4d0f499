/** Probabilities of the working picture, brought to the size and the edges of the whole one. */

import type { Label } from "../../clicks/prompts.ts";
import { applyGuided } from "../../image/applyGuided.ts";
import { type Guide, guidedCoefficients } from "../../image/guidedFilter.ts";
import type { Picture } from "../../image/pixels.ts";
import type { Belief } from "../model.ts";

/**
 * @param whole         The picture as it was opened.
 * @param guide         Its guide at the size of the working picture; `undefined` where that is the whole.
 * @param probabilities `[labels, pixels of the working picture]`, each pixel sums to one.
 */
export function beliefAt(
  whole: Picture,
  guide: Guide | undefined,
  probabilities: Float32Array,
  labels: readonly Label[],
): Belief {
  const { width, height } = whole;
  return {
    width,
    height,
    labels,
    rows: guide
      ? guidedRows(whole, guide, probabilities, labels.length)
      : (from, to) =>
          cutRows(probabilities, labels.length, width * height, from * width, to * width),
  };
}

function cutRows(
  probabilities: Float32Array,
  labels: number,
  pixels: number,
  from: number,
  to: number,
): Float32Array {
  const rows = new Float32Array(labels * (to - from));
  for (let label = 0; label < labels; label++) {
    const start = label * pixels;
    rows.set(probabilities.subarray(start + from, start + to), label * (to - from));
  }
  return rows;
}

function guidedRows(
  whole: Picture,
  guide: Guide,
  probabilities: Float32Array,
  labels: number,
): Belief["rows"] {
  const { width, height } = guide;
  const pixels = width * height;
  // The background is what the others leave, so it needs no filter of its own.
  const coefficients = Array.from({ length: labels - 1 }, (_, i) =>
    guidedCoefficients(guide, {
      width,
      height,
      data: probabilities.subarray((i + 1) * pixels, (i + 2) * pixels),
    }),
  );
  return (from, to) => {
    const filtered = applyGuided(coefficients, guide, whole, from, to);
    const count = (to - from) * whole.width;
    const rows = new Float32Array(labels * count);
    rows.set(filtered, count);
    for (let i = 0; i < count; i++) leaveRest(rows, labels, count, i);
    return rows;
  };
}

/** Clamp the labels of pixel `i` to [0, 1], scale them down where they exceed one, the rest is background. */
function leaveRest(rows: Float32Array, labels: number, count: number, i: number): void {
  let total = 0;
  for (let at = count + i; at < labels * count; at += count) {
    rows[at] = Math.min(1, Math.max(0, rows[at]));
    total += rows[at];
  }
  if (total > 1) for (let at = count + i; at < labels * count; at += count) rows[at] /= total;
  rows[i] = Math.max(0, 1 - total);
}
