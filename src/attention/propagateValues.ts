/**
 * Value propagation: take up what somebody said about a few tokens into the values of the memory
 * units, and so into every token that they explain, by EM on p(q, v) of the labelled tokens.
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j) · N(v[i] | μ[j], 1/β[j])          i = 1 … s labelled
 *     μ[j]   ← (θ μ⁰[j] + β[j] Σ_i w[i,j] v[i]) / (θ + β[j] Σ_i w[i,j])
 *
 * The sums run over the s labels only: O(s · keys · channels), whatever the number of tokens. A label
 * that counts n enters as if said n times. A unit that no label reaches keeps its value; so does a
 * whole sample or head without labels.
 *
 * The denominator of the printed weights has π[i,k] inside a sum over j; it must be π[i,j]. About
 * the mean of the prior see `adaptKeys`.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, equation 23 and appendix B.4.
 */

import type { Node, Value } from "../graph/node.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { checkPriorPrecision } from "./checkPriorPrecision.ts";
import { checkSteps } from "./checkSteps.ts";
import { type LabelledRows, type Labels, labelledRows, rowsAt } from "./labels.ts";
import { logJoint } from "./logDensities.ts";
import { withFrozenPrior } from "./logPrior.ts";
import { updatedMean } from "./meanUpdate.ts";
import { bindMixture, type Mixture } from "./mixture.ts";
import { priorPenalty } from "./priorPenalty.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

export interface PropagateValuesOptions {
  /** EM steps; a whole number of at least 0. @default 1 */
  readonly steps?: number;
  /**
   * θ > 0, how firmly values hold their place, in 1/value²: a number or anything that aligns with
   * `[…, keys, valueChannels]`. @default no prior
   */
  readonly priorPrecision?: Value | undefined;
  /** What the prior pulls towards: the first values or those of the step before. @default "anchored" */
  readonly priorMean?: "anchored" | "moving";
  /**
   * Whether a magnitude prior stays what it was or follows the values, as in the released layer.
   * @default "frozen"
   */
  readonly magnitudePrior?: "frozen" | "recomputed";
  /**
   * Which values speak in the weights: those of the labels, as printed; none; or an initial value
   * per token, `[…, queries, valueChannels]`. The released layer does one of the latter two.
   * @default "labels"
   */
  readonly weightsFrom?: "labels" | "queries" | { readonly initialValue: Node };
  /**
   * Whether the weight of a label counts in both sums, or only in the denominator, as in the
   * released layer: there the numerator takes up the values of all tokens as they are.
   * @default "both"
   */
  readonly labelWeightIn?: "both" | "denominator";
}

export interface PropagatedValues {
  /** The mixture with the last of `values`; its magnitude prior frozen, if that was chosen. */
  readonly mixture: Mixture;
  /** μ after 0, 1, … steps, each `[…, keys, valueChannels]`. */
  readonly values: readonly Node[];
  /** Σ_i weight[i] · log p_i(q[i], v[i]) of the labels under each of `values`, `[…]`. */
  readonly logLikelihood: readonly Node[];
  /** The same − θ/2 Σ ‖μ − μ⁰‖²; equal to `logLikelihood` without a prior. */
  readonly logPosterior: readonly Node[];
}

/**
 * @param query q, `[…, queries, channels]`, of all tokens.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {RangeError} When `steps` is not a whole number of at least 0, or a prior precision not > 0.
 */
export function propagateValues(
  mixture: Mixture,
  query: Node,
  labels: Labels,
  {
    steps = 1,
    priorPrecision,
    priorMean = "anchored",
    magnitudePrior = "frozen",
    weightsFrom = "labels",
    labelWeightIn = "both",
  }: PropagateValuesOptions = {},
): PropagatedValues {
  bindMixture("propagateValues", mixture, {
    query: [query, ["queries", "channels"]],
    "labels.value": [labels.value, ["valueChannels"]],
    priorPrecision: [priorPrecision, []],
  });
  checkSteps("propagateValues", steps);
  checkPriorPrecision("propagateValues", priorPrecision);
  const first = magnitudePrior === "frozen" ? withFrozenPrior(mixture) : mixture;
  const rows = labelledRows("propagateValues", first, query, labels);
  const weighedBy =
    typeof weightsFrom === "object"
      ? rowsAt(weightsFrom.initialValue, labels)
      : weightsFrom === "labels"
        ? rows.value
        : undefined;
  const values = [first.value];
  for (let step = 0; step < steps; step++) {
    const mean = priorMean === "anchored" ? first.value : values[step];
    const prior = priorPrecision === undefined ? undefined : { mean, precision: priorPrecision };
    values.push(nextValue(rows, values[step], { weighedBy, prior, labelWeightIn }));
  }
  const logLikelihood = values.map((value) => labelsLogLikelihood(rows, value));
  return {
    mixture: { ...first, value: values[steps] },
    values,
    logLikelihood,
    logPosterior: logLikelihood.map((at, step) =>
      subtract(at, priorPenalty(values[step], first.value, priorPrecision, "valueChannels")),
    ),
  };
}

function nextValue(
  { mixture, query, value: labelled, weight }: LabelledRows,
  value: Node,
  {
    weighedBy,
    prior,
    labelWeightIn,
  }: {
    readonly weighedBy: Node | undefined;
    readonly prior: { readonly mean: Node; readonly precision: Value } | undefined;
    readonly labelWeightIn: "both" | "denominator";
  },
): Node {
  const current: Mixture = { ...mixture, value };
  const logits = unitLogits(current, query, weighedBy);
  return updatedMean(
    {
      weights: unitWeights(logits, mixture.allowed),
      observed: labelled,
      tokenWeight: weight,
      countedIn: labelWeightIn,
    },
    { current: value, channels: "valueChannels", prior, precision: mixture.valuePrecision },
  );
}

function labelsLogLikelihood(
  { mixture, query, value: labelled, weight }: LabelledRows,
  value: Node,
): Node {
  return sum(multiply(weight, logJoint({ ...mixture, value }, query, labelled)), "queries");
}
