/**
 * Key adaptation: move the keys to where the image's own queries are, by EM on p(q).
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j)
 *     ξ[j]   ← (θ ξ⁰[j] + α[j] Σ_i w[i,j] q[i]) / (θ + α[j] Σ_i w[i,j])              (18)
 *     ξ[j]   ← (θ ξ⁰[j] + α[j] Σ_i w[i,j] (q[i] − r[i,j]/2)) / (θ + α[j]/2 Σ_i w[i,j])
 *     ξ[j]   ← (θ ξ⁰[j] + α[j] Σ_i w[i,j] (q[i] + r'[i,j])) / (θ + 2 α[j] Σ_i w[i,j])
 *
 * the second with query positions as printed, the third with key positions.
 *
 * The text states the prior N(ξ | ξ⁰, 1/θ), the printed update pulls towards the previous step. The
 * first (`"anchored"`) never lowers the log-posterior; the second (`"moving"`) only slows EM down
 * and has the same limit as no prior at all.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, equation 18 and appendix B.2.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { checkPriorPrecision } from "./checkPriorPrecision.ts";
import { checkSteps } from "./checkSteps.ts";
import { logQueryMarginal } from "./logDensities.ts";
import { withFrozenPrior } from "./logPrior.ts";
import { type MeanUpdate, updatedMean } from "./meanUpdate.ts";
import { bindMixture, type QueryMixture } from "./mixture.ts";
import { priorPenalty } from "./priorPenalty.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

export interface AdaptKeysOptions {
  /** EM steps; a whole number of at least 0. @default 1 */
  readonly steps?: number;
  /**
   * θ > 0, how firmly keys hold their place, in 1/feature²: a number or anything that aligns with
   * `[…, keys, channels]`. @default no prior
   */
  readonly priorPrecision?: Value | undefined;
  /** What the prior pulls towards: the first keys or those of the step before. @default "anchored" */
  readonly priorMean?: "anchored" | "moving";
  /**
   * Whether a magnitude prior stays what it was or follows the keys, as in the released layer; then
   * a step may lower the likelihood. @default "frozen"
   */
  readonly magnitudePrior?: "frozen" | "recomputed";
  /** Whether the update knows of positions, or only the weights, as in the released layer. @default "followed" */
  readonly positions?: "followed" | "ignored";
  /**
   * Values that speak in the weights too, `[…, queries, valueChannels]`, as in the released layer.
   * @default the queries alone, as printed
   */
  readonly initialValue?: Node | undefined;
}

export interface AdaptedKeys<M extends QueryMixture> {
  /** The mixture with the last of `keys`; its magnitude prior frozen, if that was chosen. */
  readonly mixture: M;
  /** ξ after 0, 1, … steps, each `[…, keys, channels]`. */
  readonly keys: readonly Node[];
  /** Σ_i log p_i(q[i]) under each of `keys`, `[…]`. */
  readonly logLikelihood: readonly Node[];
  /** The same − θ/2 Σ ‖ξ − ξ⁰‖²; equal to `logLikelihood` without a prior. */
  readonly logPosterior: readonly Node[];
}

/**
 * @param query q, `[…, queries, channels]`.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {RangeError} When `steps` is not a whole number of at least 0, or a prior precision not > 0.
 */
export function adaptKeys<M extends QueryMixture>(
  mixture: M,
  query: Node,
  {
    steps = 1,
    priorPrecision,
    priorMean = "anchored",
    magnitudePrior = "frozen",
    positions = "followed",
    initialValue,
  }: AdaptKeysOptions = {},
): AdaptedKeys<M> {
  bindMixture("adaptKeys", mixture, {
    query: [query, ["queries", "channels"]],
    priorPrecision: [priorPrecision, []],
    initialValue: [initialValue, ["queries", "valueChannels"]],
  });
  checkSteps("adaptKeys", steps);
  checkPriorPrecision("adaptKeys", priorPrecision);
  const first = magnitudePrior === "frozen" ? withFrozenPrior(mixture) : mixture;
  const mixtures = [first];
  for (let step = 0; step < steps; step++) {
    const current = mixtures[step];
    const mean = priorMean === "anchored" ? first.key : current.key;
    const prior = priorPrecision === undefined ? undefined : { mean, precision: priorPrecision };
    const key = nextKey(current, query, { prior, positions, initialValue });
    mixtures.push({ ...current, key });
  }
  const logLikelihood = mixtures.map((at) => sum(logQueryMarginal(at, query), "queries"));
  return {
    mixture: mixtures[steps],
    keys: mixtures.map(({ key }) => key),
    logLikelihood,
    logPosterior: logLikelihood.map((at, step) =>
      subtract(at, priorPenalty(mixtures[step].key, first.key, priorPrecision, "channels")),
    ),
  };
}

function nextKey(
  mixture: QueryMixture,
  query: Node,
  {
    prior,
    positions,
    initialValue,
  }: {
    readonly prior: { readonly mean: Node; readonly precision: Value } | undefined;
    readonly positions: "followed" | "ignored";
    readonly initialValue: Node | undefined;
  },
): Node {
  const { queryPosition, queryPositionDensity, keyPosition } =
    positions === "followed" ? mixture : ({} as Partial<QueryMixture>);
  // A product of densities has q tell of ξ as it does without positions.
  const printedPosition = queryPositionDensity === "product" ? undefined : queryPosition;
  const logits = unitLogits(mixture, query, initialValue);
  return updatedMean(
    { weights: unitWeights(logits, mixture.allowed), observed: query },
    {
      current: mixture.key,
      channels: "channels",
      prior,
      precision: mixture.keyPrecision,
      observations: (printedPosition === undefined ? 1 : 0.5) + (keyPosition === undefined ? 0 : 1),
      ofPairs: positionsPull(printedPosition, keyPosition),
    },
  );
}

/** Σ_i w[i,j] (r'[i,j] − r[i,j]/2), as far as there are positions. */
function positionsPull(
  queryPosition: Node | undefined,
  keyPosition: Node | undefined,
): MeanUpdate["ofPairs"] {
  if (queryPosition === undefined) {
    return keyPosition === undefined ? undefined : (gathered) => gathered(keyPosition);
  }
  return (gathered) => {
    const away = multiply(gathered(queryPosition), -0.5);
    return keyPosition === undefined ? away : add(away, gathered(keyPosition));
  };
}
