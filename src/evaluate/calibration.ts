/**
 * Whether probabilities mean what they say, over the pixels that somebody decided:
 *
 *     Brier = 1/n Σ (p − y)²          ECE = Σ_b n_b/n |mean p in b − share of y in b|
 *
 * with p the probability of the object, y whether it is there, and 15 bins b of equal width over p.
 *
 * @see Guo et al. 2017, "On Calibration of Modern Neural Networks".
 */

import { IGNORE, INSIDE, type Truth } from "../clicks/truth.ts";
import type { Plane } from "../image/pixels.ts";

export const CALIBRATION_BINS = 15;

export interface Calibration {
  /** Mean squared error of the probability: 0 best, 0.25 for even chances, 1 worst. */
  readonly brier: number;
  /** Expected calibration error, 0 to 1. */
  readonly ece: number;
}

/**
 * @param probability Of the object, in [0, 1], of the truth's size.
 * @returns `NaN` where all pixels are ignored.
 */
export function calibration(truth: Truth, probability: Plane): Calibration {
  const counts = new Float64Array(CALIBRATION_BINS);
  const said = new Float64Array(CALIBRATION_BINS);
  const right = new Float64Array(CALIBRATION_BINS);
  let squares = 0;
  let pixels = 0;
  for (let at = 0; at < truth.data.length; at++) {
    if (truth.data[at] === IGNORE) continue;
    const p = probability.data[at];
    const y = truth.data[at] === INSIDE ? 1 : 0;
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(p * CALIBRATION_BINS));
    counts[bin]++;
    said[bin] += p;
    right[bin] += y;
    squares += (p - y) ** 2;
    pixels++;
  }
  const gap = said.reduce((sum, value, bin) => sum + Math.abs(value - right[bin]), 0);
  return { brier: squares / pixels, ece: gap / pixels };
}
