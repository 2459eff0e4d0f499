/**
 * The most probable value of each token given its query, argmax_v p_i(v | q), by EM:
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j) · N(v[i] | μ[j], 1/β[j])
 *     v[i]   ← Σ_j w[i,j] β[j] μ[j] / Σ_j w[i,j] β[j]
 *
 * No step lowers log p_i(v | q). The limit is a local maximum: the one uphill of the start.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.1 and appendix A.
 */

import type { Node } from "../graph/node.ts";
import { concat } from "../graph/operations/concat.ts";
import { divide } from "../graph/operations/divide.ts";
import { expand } from "../graph/operations/expand.ts";
import { less } from "../graph/operations/less.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { slice } from "../graph/operations/slice.ts";
import { sum } from "../graph/operations/sum.ts";
import { where } from "../graph/operations/where.ts";
import { checkSteps } from "./checkSteps.ts";
import { expectedValue } from "./expectedValue.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { logConditional } from "./logDensities.ts";
import type { Mixture } from "./mixture.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

export interface InferValuesOptions {
  /** EM steps; a whole number of at least 0. @default 5 */
  readonly steps?: number;
  /** v⁰, `[…, queries, valueChannels]`. @default the expected value, the answer as β → 0 */
  readonly start?: Node | undefined;
  /**
   * How a step averages the means. `"precision"`: by w β, which is EM. `"plain"`: by w, as the
   * released layer does; with precisions that differ between units it can lower log p(v | q).
   * @default "precision"
   */
  readonly average?: "precision" | "plain";
}

export interface InferredValues {
  /** The last of `values`. */
  readonly value: Node;
  /** v after 0, 1, … steps, each `[…, queries, valueChannels]`. */
  readonly values: readonly Node[];
  /** log p_i(v | q) of each of `values`, `[…, queries]`. */
  readonly objective: readonly Node[];
}

/**
 * @param query q, `[…, queries, channels]`.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {RangeError} When `steps` is not a whole number of at least 0.
 */
export function inferValues(
  mixture: Mixture,
  query: Node,
  { steps = 5, start, average = "precision" }: InferValuesOptions = {},
): InferredValues {
  checkSteps("inferValues", steps);
  let value = start ?? expectedValue(mixture, query);
  const values = [value];
  for (let step = 0; step < steps; step++) {
    value = nextValue(mixture, query, value, average);
    values.push(value);
  }
  const objective = values.map((at) => logConditional(mixture, query, at));
  return { value, values, objective };
}

function nextValue(
  mixture: Mixture,
  query: Node,
  value: Node,
  average: "precision" | "plain",
): Node {
  const { valuePrecision } = mixture;
  // A precision shared by all units cancels, and may then be 0.
  if (average === "plain" || !hasAxis(valuePrecision, "keys")) {
    return expectedValue(mixture, query, value);
  }
  const weights = unitWeights(unitLogits(mixture, query, value), mixture.allowed);
  const isPerChannel = hasAxis(valuePrecision, "valueChannels");
  const precisions = isPerChannel ? valuePrecision : expand(valuePrecision, { valueChannels: 1 });
  // Both sums at once, the precisions beside what they weigh.
  const weighed = multiply(valuePrecision, mixture.value);
  const sums = weights.expected(concat([weighed, precisions], "valueChannels"));
  const width = sizeOfAxis(mixture.value, "valueChannels");
  const part = (from: number, to: number): Node => slice(sums, "valueChannels", from, to);
  const total = isPerChannel
    ? part(width, 2 * width)
    : sum(part(width, width + 1), "valueChannels");
  return divide(part(0, width), where(less(0, total), total, 1));
}
