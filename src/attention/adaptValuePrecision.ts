/**
 * How closely values gather around each unit's mean, learnt from labelled tokens by EM:
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j) · N(v[i] | μ[j], 1/β[j])          i = 1 … s labelled
 *     1/β[j] ← (ν M/β⁰[j] + Σ_i w[i,j] ‖v[i] − μ[j]‖²) / (ν M + M Σ_i w[i,j])
 *
 * No step lowers the log-posterior of the labels.
 *
 * @see `precisionUpdate.ts`, and `propagateValues.ts` for the weights.
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { sum } from "../graph/operations/sum.ts";
import type { AdaptedPrecision, AdaptPrecisionOptions } from "./adaptKeyPrecision.ts";
import { checkSteps } from "./checkSteps.ts";
import { sizeOfAxis } from "./hasAxis.ts";
import { type Labels, labelledRows } from "./labels.ts";
import { logJoint } from "./logDensities.ts";
import { withFrozenPrior } from "./logPrior.ts";
import { bindMixture, type Mixture } from "./mixture.ts";
import {
  checkPriorStrength,
  logPrecisionPrior,
  squaresAround,
  updatedPrecision,
} from "./precisionUpdate.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

/**
 * @param query q, `[…, queries, channels]`, of all tokens.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {RangeError} When `steps` is not a whole number of at least 0, or `priorStrength` not > 0.
 */
export function adaptValuePrecision(
  mixture: Mixture,
  query: Node,
  labels: Labels,
  { steps = 1, priorStrength = 1 }: AdaptPrecisionOptions = {},
): AdaptedPrecision<Mixture> {
  bindMixture("adaptValuePrecision", mixture, {
    query: [query, ["queries", "channels"]],
    "labels.value": [labels.value, ["valueChannels"]],
  });
  checkSteps("adaptValuePrecision", steps);
  checkPriorStrength("adaptValuePrecision", priorStrength);
  const first = withFrozenPrior(mixture);
  const rows = labelledRows("adaptValuePrecision", first, query, labels);
  const precisions = [first.valuePrecision];
  for (let step = 0; step < steps; step++) {
    const seen = { ...rows.mixture, valuePrecision: precisions[step] };
    const weights = unitWeights(unitLogits(seen, rows.query, rows.value), seen.allowed);
    const evidence = squaresAround(weights, rows.value, seen.value, {
      channels: "valueChannels",
      tokenWeight: rows.weight,
    });
    precisions.push(
      updatedPrecision(first.valuePrecision, evidence, priorStrength, "valueChannels"),
    );
  }
  const logLikelihood = precisions.map((valuePrecision) => {
    const each = logJoint({ ...rows.mixture, valuePrecision }, rows.query, rows.value);
    return sum(multiply(rows.weight, each), "queries");
  });
  const about = {
    channels: "valueChannels",
    channelCount: sizeOfAxis(mixture.value, "valueChannels"),
  };
  return {
    mixture: { ...first, valuePrecision: precisions[steps] },
    precisions,
    logLikelihood,
    logPosterior: logLikelihood.map((at, step) =>
      add(at, logPrecisionPrior(precisions[step], first.valuePrecision, priorStrength, about)),
    ),
  };
}
