/**
 * How closely queries gather around each key, learnt from the image's own queries by EM:
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j)
 *     1/α[j] ← (ν C/α⁰[j] + Σ_i w[i,j] ‖q[i] − ξ[j]‖²) / (ν C + C Σ_i w[i,j])
 *
 * With positions, ‖q − ξ‖² is joined by what else α multiplies. No step lowers the log-posterior.
 *
 * @see `precisionUpdate.ts`.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { divide } from "../graph/operations/divide.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { checkSteps } from "./checkSteps.ts";
import { sizeOfAxis } from "./hasAxis.ts";
import { logQueryMarginal } from "./logDensities.ts";
import { withFrozenPrior } from "./logPrior.ts";
import { bindMixture, type QueryMixture } from "./mixture.ts";
import {
  checkPriorStrength,
  logPrecisionPrior,
  type PrecisionEvidence,
  squaresAround,
  updatedPrecision,
} from "./precisionUpdate.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

export interface AdaptPrecisionOptions {
  /** EM steps; a whole number of at least 0. @default 1 */
  readonly steps?: number;
  /** ν > 0, how many tokens the first precision is worth. @default 1 */
  readonly priorStrength?: number;
}

export interface AdaptedPrecision<M extends QueryMixture> {
  /** The mixture with the last of `precisions`; a magnitude prior is frozen where it was. */
  readonly mixture: M;
  /** The precision after 0, 1, … steps. */
  readonly precisions: readonly Value[];
  /** The log-likelihood of what was seen, under each of `precisions`, `[…]`. */
  readonly logLikelihood: readonly Node[];
  /** The same with the log of the prior, up to a constant. */
  readonly logPosterior: readonly Node[];
}

/**
 * @param query q, `[…, queries, channels]`.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {RangeError} When `steps` is not a whole number of at least 0, or `priorStrength` not > 0.
 */
export function adaptKeyPrecision<M extends QueryMixture>(
  mixture: M,
  query: Node,
  { steps = 1, priorStrength = 1 }: AdaptPrecisionOptions = {},
): AdaptedPrecision<M> {
  bindMixture("adaptKeyPrecision", mixture, { query: [query, ["queries", "channels"]] });
  checkSteps("adaptKeyPrecision", steps);
  checkPriorStrength("adaptKeyPrecision", priorStrength);
  const first = withFrozenPrior(mixture);
  const mixtures = [first];
  for (let step = 0; step < steps; step++) {
    const evidence = keyEvidence(mixtures[step], query);
    const keyPrecision = updatedPrecision(first.keyPrecision, evidence, priorStrength, "channels");
    mixtures.push({ ...first, keyPrecision });
  }
  const channelCount = sizeOfAxis(mixture.key, "channels");
  const logLikelihood = mixtures.map((at) => sum(logQueryMarginal(at, query), "queries"));
  return {
    mixture: mixtures[steps],
    precisions: mixtures.map(({ keyPrecision }) => keyPrecision),
    logLikelihood,
    logPosterior: logLikelihood.map((at, step) => {
      const { keyPrecision } = mixtures[step];
      const about = { channels: "channels", channelCount };
      return add(at, logPrecisionPrior(keyPrecision, first.keyPrecision, priorStrength, about));
    }),
  };
}

function keyEvidence(mixture: QueryMixture, query: Node): PrecisionEvidence {
  const { key, queryPosition, queryPositionDensity, keyPosition } = mixture;
  const weights = unitWeights(unitLogits(mixture, query), mixture.allowed);
  const weighedSquares = (x: Node): Node => weights.gathered(square(x));
  const isProduct = queryPosition !== undefined && queryPositionDensity === "product";
  const around = squaresAround(weights, query, key, { channels: "channels" });
  let { squares } = around;
  if (queryPosition !== undefined && !isProduct) {
    const halfway = divide(add(key, queryPosition), 2);
    squares = multiply(weighedSquares(subtract(query, halfway)), 2);
  }
  if (isProduct) squares = add(squares, weighedSquares(subtract(query, queryPosition)));
  if (keyPosition !== undefined) {
    squares = add(squares, weighedSquares(subtract(key, keyPosition)));
  }
  const factors = 1 + (isProduct ? 1 : 0) + (keyPosition === undefined ? 0 : 1);
  return { squares, count: factors === 1 ? around.count : multiply(around.count, factors) };
}
