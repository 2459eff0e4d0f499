/**
 * How likely each query is under each unit, with the positions of both:
 *
 *     log p_i(q | u_j) = G(q, ξ)                              no positions
 *                      = G(q, ξ) + G(q, r) − ½ G(ξ, r) + …    N(q | (ξ + r)/2, 1/(2α))
 *                      = G(q, ξ) + G(q, r) + …                N(q | ξ, 1/α) · N(q | r, 1/α)
 *                        + G(ξ, r') + …                       and N(ξ | r', 1/α)
 *
 * where G(a, b) = −α/2 ‖a − b‖² and … are the normalisers.
 *
 * The second line is the position slide; the third is what it must be for everything to become dot
 * products, and what the released layer computes. They differ by exp(−α/4 ‖ξ − r‖²).
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.4 (position embeddings).
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sizeOfAxis } from "./hasAxis.ts";
import { logGaussians, logNormaliser } from "./logGaussians.ts";
import { addedUp, type LogitTerms, together } from "./logitTerms.ts";
import type { QueryMixture } from "./mixture.ts";
import { weightedDot, weightedSquare } from "./weightedDot.ts";

/**
 * @param query q, `[…, queries, channels]`.
 * @returns     log p_i(q | u_j), `[…, queries, keys]`.
 */
export function queryLogLikelihood(mixture: QueryMixture, query: Node): Node {
  return addedUp(queryLogLikelihoodTerms(mixture, query));
}

/** The same, not added up yet. */
export function queryLogLikelihoodTerms(mixture: QueryMixture, query: Node): LogitTerms {
  const { key, keyPrecision, normalisers = true, queryPosition, keyPosition } = mixture;
  const rest: Node[] = [];
  if (queryPosition !== undefined) {
    rest.push(closeness(query, queryPosition, keyPrecision));
    if (mixture.queryPositionDensity !== "product") {
      rest.push(multiply(closeness(key, queryPosition, keyPrecision), -0.5));
    }
  }
  if (keyPosition !== undefined) rest.push(closeness(key, keyPosition, keyPrecision));
  const hasPositions = queryPosition !== undefined || keyPosition !== undefined;
  if (normalisers && hasPositions) rest.push(positionNormalisers(mixture));
  const ofQuery = logGaussians(query, key, keyPrecision, { channels: "channels", normalisers });
  return together(ofQuery, { products: [], rest });
}

/** −½ Σ_c p · (x − position)², `[…, queries, keys]`, for a query or a key x. */
function closeness(x: Node, position: Node, precision: Value): Node {
  const squares = add(
    weightedSquare(precision, x, "channels"),
    weightedSquare(precision, position, "channels"),
  );
  return subtract(weightedDot(precision, x, position, "channels"), multiply(squares, 0.5));
}

/** What the positions add to the normaliser of N(q | ξ, 1/α). */
function positionNormalisers(mixture: QueryMixture): Node {
  const { key, keyPrecision, queryPosition, queryPositionDensity, keyPosition } = mixture;
  const channels = sizeOfAxis(key, "channels");
  // N(q | (ξ + r)/2, 1/(2α)) is twice as precise: C/2 · log 2 more.
  const isNormal = queryPosition !== undefined && queryPositionDensity !== "product";
  const isProduct = queryPosition !== undefined && !isNormal;
  const doubling = isNormal ? (channels / 2) * Math.log(2) : 0;
  const factors = (isProduct ? 1 : 0) + (keyPosition === undefined ? 0 : 1);
  return add(multiply(logNormaliser(keyPrecision, channels, "channels"), factors), doubling);
}
