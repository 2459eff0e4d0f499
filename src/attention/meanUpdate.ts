/**
 * The M-step for the means of a mixture, keys and values alike:
 *
 *     m[j] ← (θ m⁰[j] + p[j] Σ_i w[i,j] x[i,j]) / (θ + p[j] c Σ_i w[i,j])     with a prior N(m⁰, 1/θ)
 *     m[j] ← Σ_i w[i,j] x[i,j] / (c Σ_i w[i,j])                               without
 *
 * where c counts how often the mean is observed per token: once, unless positions add to it.
 *
 * Without a prior a unit's mean is an average over tokens whose weights may all be tiny; it is
 * taken with weights softmax_i(log w[i,j]), the logarithm from the logits and not from w. So a unit
 * far from every token still finds the nearest ones instead of dividing nothing by nothing. A unit
 * that no token may be explained by keeps its mean.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, equations 18 and 23.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { concat } from "../graph/operations/concat.ts";
import { divide } from "../graph/operations/divide.ts";
import { expand } from "../graph/operations/expand.ts";
import { less } from "../graph/operations/less.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { slice } from "../graph/operations/slice.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { where } from "../graph/operations/where.ts";
import { sizeOfAxis } from "./hasAxis.ts";
import type { UnitWeights } from "./unitWeights.ts";

/** What the E-step found. */
export interface Evidence {
  /** Who explains what. */
  readonly weights: UnitWeights;
  /** x, what each token says of the mean, `[…, queries, channels]`. */
  readonly observed: Node;
  /** How much each token counts, ≥ 0, `[…, queries]`. @default 1 */
  readonly tokenWeight?: Value;
  /** Whether x is counted too, or only in the denominator; see `propagateValues`. @default "both" */
  readonly countedIn?: "both" | "denominator";
}

/** What the M-step is about. */
export interface MeanUpdate {
  /** The mean before the step, `[…, keys, channels]`; a unit nobody reaches keeps it. */
  readonly current: Node;
  /** The name of its channels. */
  readonly channels: string;
  /** N(m⁰, 1/θ), or none. */
  readonly prior: { readonly mean: Node; readonly precision: Value } | undefined;
  /** p: a number, `[…, keys]` or `[…, keys, channels]`. */
  readonly precision: Value;
  /** c. @default 1 */
  readonly observations?: number;
  /**
   * What is added to Σ_i a[i,j] x[i] where x varies by unit as well: from a function that takes
   * `[…, queries, keys, channels]` to Σ_i a[i,j] of it.
   */
  readonly ofPairs?: ((gathered: (x: Node) => Node) => Node) | undefined;
}

/** The mean after one M-step, `[…, keys, channels]`. */
export function updatedMean(evidence: Evidence, update: MeanUpdate): Node {
  if (update.prior !== undefined) return priorMean(evidence, update, update.prior);
  return evidence.countedIn === "denominator"
    ? meanFromSums(evidence, update)
    : freeMean(evidence, update);
}

function priorMean(
  evidence: Evidence,
  update: MeanUpdate,
  prior: { readonly mean: Node; readonly precision: Value },
): Node {
  const { precision } = update;
  const { pull, count } = sumsOverTokens(evidence, update);
  // The same as printed, as a step from m⁰: exact where θ is infinite.
  const step = subtract(pull, multiply(count, prior.mean));
  const confidence = add(prior.precision, multiply(precision, count));
  return add(prior.mean, divide(multiply(precision, step), confidence));
}

function freeMean(
  { weights, observed, tokenWeight = 1 }: Evidence,
  { current, observations = 1, ofPairs }: MeanUpdate,
): Node {
  const { average, isReached } = weights.shares(tokenWeight);
  const ofTokens = average(observed);
  const pull = ofPairs === undefined ? ofTokens : add(ofTokens, ofPairs(average));
  return where(isReached, divide(pull, observations), current);
}

/** The mean from the two sums; a unit whose weights come to nothing keeps its own. */
function meanFromSums(evidence: Evidence, update: MeanUpdate): Node {
  const { pull, count } = sumsOverTokens(evidence, update);
  const isReached = less(0, count);
  return where(isReached, divide(pull, where(isReached, count, 1)), update.current);
}

/** Σ_i w t x, `[…, keys, channels]`, and c Σ_i w t, `[…, keys]`. */
function sumsOverTokens(
  { weights, observed, tokenWeight = 1, countedIn = "both" }: Evidence,
  { channels, observations = 1, ofPairs }: MeanUpdate,
): { readonly pull: Node; readonly count: Node } {
  const counted = (x: Node): Node => (tokenWeight === 1 ? x : multiply(x, tokenWeight));
  const said = countedIn === "both" ? counted(observed) : observed;
  // Both sums at once: the tokens' weights as a channel more.
  const both = weights.gathered(concat([said, expand(tokenWeight, { [channels]: 1 })], channels));
  const width = sizeOfAxis(observed, channels);
  const ofTokens = slice(both, channels, 0, width);
  const pull =
    ofPairs === undefined
      ? ofTokens
      : add(
          ofTokens,
          ofPairs((x) => weights.gathered(counted(x))),
        );
  const count = sum(slice(both, channels, width, width + 1), channels);
  return { pull, count: observations === 1 ? count : multiply(count, observations) };
}
