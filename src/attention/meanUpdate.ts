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
import { and } from "../graph/operations/and.ts";
import { divide } from "../graph/operations/divide.ts";
import { less } from "../graph/operations/less.ts";
import { log } from "../graph/operations/log.ts";
import { logSumExp } from "../graph/operations/logSumExp.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { where } from "../graph/operations/where.ts";

/** What the E-step found: who explains what. */
export interface Evidence {
  /** Up to a constant per row, `[…, queries, keys]`; w is their softmax over keys. */
  readonly logits: Node;
  readonly allowed: Node | undefined;
  /** How much each token counts, ≥ 0, `[…, queries]`. @default 1 */
  readonly tokenWeight?: Value;
}

/** What the M-step is about. */
export interface MeanUpdate {
  /** The mean before the step, `[…, keys, channels]`; a unit nobody reaches keeps it. */
  readonly current: Node;
  /** N(m⁰, 1/θ), or none. */
  readonly prior: { readonly mean: Node; readonly precision: Value } | undefined;
  /** p: a number, `[…, keys]` or `[…, keys, channels]`. */
  readonly precision: Value;
  /** c. @default 1 */
  readonly observations?: number;
  /** Σ_i a[i,j] x[i,j] for weights a, `[…, queries, keys]` to `[…, keys, channels]`. */
  readonly pull: (weights: Node) => Node;
}

/** w, each row times what its token counts, `[…, queries, keys]`. */
export function evidenceWeights({ logits, allowed, tokenWeight = 1 }: Evidence): Node {
  const weights = softmax(logits, "keys", allowed);
  return tokenWeight === 1 ? weights : multiply(weights, tokenWeight);
}

/** The mean after one M-step, `[…, keys, channels]`. */
export function updatedMean(evidence: Evidence, update: MeanUpdate): Node {
  return update.prior === undefined
    ? freeMean(evidence, update)
    : priorMean(evidence, update, update.prior);
}

/**
 * The same from the two sums, where `pull` is no average of tokens with the weights it is given; a
 * unit whose weights come to nothing keeps its mean.
 */
export function meanFromSums(evidence: Evidence, update: MeanUpdate): Node {
  const { prior, observations = 1, pull, current } = update;
  if (prior !== undefined) return priorMean(evidence, update, prior);
  const weights = evidenceWeights(evidence);
  const count = multiply(sum(weights, "queries"), observations);
  const isReached = less(0, count);
  return where(isReached, divide(pull(weights), where(isReached, count, 1)), current);
}

function priorMean(
  evidence: Evidence,
  { precision, observations = 1, pull }: MeanUpdate,
  prior: { readonly mean: Node; readonly precision: Value },
): Node {
  const weights = evidenceWeights(evidence);
  const count = multiply(sum(weights, "queries"), observations);
  // The same as printed, as a step from m⁰: exact where θ is infinite.
  const step = subtract(pull(weights), multiply(count, prior.mean));
  const confidence = add(prior.precision, multiply(precision, count));
  return add(prior.mean, divide(multiply(precision, step), confidence));
}

function freeMean(evidence: Evidence, { current, observations = 1, pull }: MeanUpdate): Node {
  const shares = sharesOfTokens(evidence);
  const isReached = less(0, sum(shares, "queries"));
  return where(isReached, divide(pull(shares), observations), current);
}

/** w[i,j] / Σ_i w[i,j], `[…, queries, keys]`; all zero for a unit that no token reaches. */
function sharesOfTokens({ logits, allowed, tokenWeight = 1 }: Evidence): Node {
  const logWeights = subtract(logits, rowTotals(logits, allowed));
  if (tokenWeight === 1) return softmax(logWeights, "queries", allowed);
  const counts = less(0, tokenWeight);
  const logTokenWeight = log(where(counts, tokenWeight, 1));
  return softmax(
    add(logWeights, logTokenWeight),
    "queries",
    allowed === undefined ? counts : and(allowed, counts),
  );
}

/** log Σ_j exp of each row, `[…, queries]`; 0 for a row with nothing allowed. */
function rowTotals(logits: Node, allowed: Node | undefined): Node {
  const totals = logSumExp(logits, "keys", allowed);
  return allowed === undefined ? totals : where(less(-Infinity, totals), totals, 0);
}
