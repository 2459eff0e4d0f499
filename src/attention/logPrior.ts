/**
 * What each unit weighs before anything is seen, log π[i,j].
 *
 * The magnitude prior is the one that turns a mixture with one shared α into dot-product attention:
 *
 *     log π[i,j] = α[j]/2 · ‖ξ[j]‖² + β[j]/2 · ‖μ[j]‖² + const
 *                + α[j]/2 · ‖r[i,j]‖²                       with query positions
 *                + α[j]/2 · (‖ξ[j]‖² + ‖r'[i,j]‖²)          with key positions
 *
 * The special-case slide prints it without α/2 and β/2, the position slide with them: they have to
 * be there.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, sections 2.2 and 2.4.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { and } from "../graph/operations/and.ts";
import { expand } from "../graph/operations/expand.ts";
import { less } from "../graph/operations/less.ts";
import { log } from "../graph/operations/log.ts";
import { logSumExp } from "../graph/operations/logSumExp.ts";
import { mean } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { stopGradient } from "../graph/operations/stopGradient.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { where } from "../graph/operations/where.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { hasValues, type Mixture, type QueryMixture } from "./mixture.ts";
import { weightedDot, weightedSquare } from "./weightedDot.ts";

/** log π, `[…, queries?, keys]`, normalised: every row of π sums to one over its allowed units. */
export function logPrior(mixture: QueryMixture): Node {
  const raw = rawLogPrior(mixture);
  return subtract(raw, logSumExp(raw, "keys", mixture.allowed));
}

/** log π up to a constant per row. */
export function rawLogPrior(mixture: QueryMixture): Node {
  const { logPrior: given, key } = mixture;
  const keys = { keys: sizeOfAxis(key, "keys") };
  if (given === undefined) return expand(0, keys);
  if (given === "magnitude") return magnitudes(mixture);
  return hasAxis(given, "keys") ? given : expand(given, keys);
}

function magnitudes(mixture: QueryMixture): Node {
  const { key, keyPrecision, queryPosition, keyPosition } = mixture;
  const ofKey = weightedSquare(keyPrecision, key, "channels");
  let squares = ofKey;
  if (keyPosition !== undefined) {
    squares = add(squares, ofKey);
    squares = add(squares, weightedSquare(keyPrecision, keyPosition, "channels"));
  }
  if (queryPosition !== undefined) {
    squares = add(squares, weightedSquare(keyPrecision, queryPosition, "channels"));
  }
  const ofKeys = multiply(squares, 0.5);
  return hasValues(mixture) ? add(ofKeys, valueMagnitudes(mixture)) : ofKeys;
}

/**
 * β/2 · ‖μ + s‖² up to a constant per row, `[…, queries?, keys]`, as β/2 (‖μ‖² + 2 μ·s + ‖s‖²), so
 * that the sum μ + s of all pairs is never made; 0 for s where there are no value positions.
 */
export function valueMagnitudes({ value, valuePrecision, valuePosition }: Mixture): Node {
  const ofValues = magnitudesOfUnits(value, valuePrecision);
  if (valuePosition === undefined) return multiply(ofValues, 0.5);
  const ofPositions = weightedSquare(valuePrecision, valuePosition, "valueChannels");
  const cross = weightedDot(valuePrecision, value, valuePosition, "valueChannels");
  return add(cross, multiply(add(ofValues, ofPositions), 0.5));
}

/**
 * β ‖μ‖², counted from its mean where one β is shared: that changes no weight, and the gradient with
 * respect to β, a sum in which the mean cancels, keeps the digits it would lose.
 */
function magnitudesOfUnits(value: Node, precision: Value): Node {
  if (hasAxis(precision, "keys") || hasAxis(precision, "valueChannels")) {
    return weightedSquare(precision, value, "valueChannels");
  }
  const squares = weightedSquare(1, value, "valueChannels");
  return multiply(precision, subtract(squares, stopGradient(mean(squares, "keys"))));
}

/**
 * The mixture with its magnitude prior held where it is now, normalised; a mixture with any other
 * prior as it is. EM needs a prior that does not move with what it adapts.
 */
export function withFrozenPrior<M extends QueryMixture>(mixture: M): M {
  return mixture.logPrior === "magnitude" ? { ...mixture, logPrior: logPrior(mixture) } : mixture;
}

/**
 * The mixture with explicit mixing weights.
 *
 * @param mixingWeights π ≥ 0, `[…, queries?, keys]`; rows need not sum to one. A unit of weight zero
 *   is not allowed for that row.
 */
export function withMixingWeights<M extends QueryMixture>(mixture: M, mixingWeights: Node): M {
  bindAxes(
    "withMixingWeights",
    { mixingWeights, key: mixture.key },
    { mixingWeights: ["keys"], key: ["keys", "channels"] },
  );
  const possible = less(0, mixingWeights);
  return {
    ...mixture,
    // The inner choice keeps the gradient finite where the weight is zero.
    logPrior: log(where(possible, mixingWeights, 1)),
    allowed: mixture.allowed === undefined ? possible : and(mixture.allowed, possible),
  };
}
