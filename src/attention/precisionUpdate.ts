/**
 * The M-step for the precisions of a mixture, of keys and values alike:
 *
 *     1/p[j] ← (ν C/p⁰[j] + Σ_i w[i,j] d²[i,j]) / (ν C + f C Σ_i w[i,j])
 *
 * where d² is what the precision multiplies in the log-density (times −½), f how many Gaussians it
 * normalises, C the number of channels, and ν how many tokens the first precision p⁰ is worth: a
 * Gamma prior on p whose mode is p⁰. Without it a unit that explains one token alone would become
 * infinitely precise; with it, a unit that explains nothing keeps p⁰.
 *
 * The result has the form of p⁰: one for all units, one per unit, or one per unit and channel.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, "adapt (ξ, α)" and "(μ, β)": announced
 *   there without an equation; this is what EM gives.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { concat } from "../graph/operations/concat.ts";
import { divide } from "../graph/operations/divide.ts";
import { expand } from "../graph/operations/expand.ts";
import { log } from "../graph/operations/log.ts";
import { maximum } from "../graph/operations/maximum.ts";
import { mean } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { slice } from "../graph/operations/slice.ts";
import { square } from "../graph/operations/square.ts";
import { stopGradient } from "../graph/operations/stopGradient.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import type { UnitWeights } from "./unitWeights.ts";

export interface PrecisionEvidence {
  /** Σ_i w[i,j] d²[i,j] per channel, `[…, keys, channels]`. */
  readonly squares: Node;
  /** f Σ_i w[i,j], `[…, keys]`. */
  readonly count: Node;
}

/**
 * Σ_i w[i,j] (x[i] − m[j])², by the expanded square around the mean of m, so that no tensor of all
 * differences is made, and Σ_i w[i,j].
 *
 * @param weights     w.
 * @param x           `[…, queries, channels]`.
 * @param means       m, `[…, keys, channels]`.
 * @param tokenWeight How much each token counts, `[…, queries]`.
 */
export function squaresAround(
  weights: UnitWeights,
  x: Node,
  means: Node,
  { channels, tokenWeight = 1 }: { readonly channels: string; readonly tokenWeight?: Value },
): PrecisionEvidence {
  const centre = stopGradient(mean(means, "keys"));
  const nearX = subtract(x, centre);
  const nearMean = subtract(means, centre);
  // All three sums at once, side by side.
  const each = concat([square(nearX), nearX, expand(1, { [channels]: 1 })], channels);
  const sums = weights.gathered(tokenWeight === 1 ? each : multiply(each, tokenWeight));
  const width = sizeOfAxis(x, channels);
  const ofX = slice(sums, channels, 0, width);
  const cross = multiply(slice(sums, channels, width, 2 * width), multiply(nearMean, 2));
  const count = sum(slice(sums, channels, 2 * width, 2 * width + 1), channels);
  return { squares: add(subtract(ofX, cross), multiply(count, square(nearMean))), count };
}

/**
 * @param first         p⁰ > 0.
 * @param priorStrength ν > 0.
 */
export function updatedPrecision(
  first: Value,
  { squares, count }: PrecisionEvidence,
  priorStrength: number,
  channels: string,
): Node {
  const perUnit = hasAxis(first, "keys");
  const perChannel = hasAxis(first, channels);
  const over = [...(perUnit ? [] : ["keys"]), ...(perChannel ? [] : [channels])];
  const terms = perChannel ? 1 : sizeOfAxis(squares, channels);
  const seen = perUnit ? count : sum(count, "keys");
  // The squares are differences of larger numbers and may round to below zero.
  const spread = maximum(over.length > 0 ? sum(squares, ...over) : squares, 0);
  const weight = multiply(add(seen, priorStrength), terms);
  return divide(weight, add(spread, divide(priorStrength * terms, first)));
}

/**
 * log of the prior on p, up to a constant: ν C/2 · Σ (log p/p⁰ − p/p⁰) over all there are, `[…]`.
 *
 * @param precision p, with the axes of p⁰, and of a batch.
 * @param channelCount C.
 */
export function logPrecisionPrior(
  precision: Value,
  first: Value,
  priorStrength: number,
  { channels, channelCount }: { readonly channels: string; readonly channelCount: number },
): Node {
  const ratio = divide(precision, first);
  const terms = hasAxis(ratio, channels) ? 1 : channelCount;
  const own = ["keys", channels].filter((axis) => hasAxis(ratio, axis));
  const each = multiply(subtract(log(ratio), ratio), (priorStrength * terms) / 2);
  return own.length > 0 ? sum(each, ...own) : each;
}

/** @throws {RangeError} When a prior is worth no tokens, or not a number of them. */
export function checkPriorStrength(operation: string, priorStrength: number): void {
  if (priorStrength > 0 && Number.isFinite(priorStrength)) return;
  throw new RangeError(
    `${operation}: expected a finite priorStrength > 0, got ${priorStrength}. With no prior, a unit that explains one token alone would become infinitely precise.`,
  );
}
