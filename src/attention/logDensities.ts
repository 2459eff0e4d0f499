/**
 * How likely tokens are under the mixture:
 *
 *     log p_i(q, v) = log Σ_j π[i,j] · p_i(q | u_j) · p(v | u_j)
 *     log p_i(q)    = log Σ_j π[i,j] · p_i(q | u_j)
 *     log p_i(v | q) = log p_i(q, v) − log p_i(q)
 *
 * with π normalised. True densities need the normalisers, that is, `normalisers` left on and
 * precisions above zero. A token with no allowed unit has density zero, log −∞.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.
 */

import type { Node } from "../graph/node.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { bindMixture, type Mixture, type QueryMixture } from "./mixture.ts";
import { logUnitJoint } from "./unitLogits.ts";
import { logTotalOverUnits } from "./unitWeights.ts";

/**
 * log p_i(q[i], v[i]), `[…, queries]`.
 *
 * @param query q, `[…, queries, channels]`.
 * @param value v, `[…, queries, valueChannels]`.
 * @throws {ShapeError} When the arguments disagree on an axis.
 */
export function logJoint(mixture: Mixture, query: Node, value: Node): Node {
  bindMixture("logJoint", mixture, {
    query: [query, ["queries", "channels"]],
    "the tokens' value": [value, ["queries", "valueChannels"]],
  });
  return logTotalOverUnits(logUnitJoint(mixture, query, value), mixture.allowed);
}

/** log p_i(q[i]), `[…, queries]`; the query marginal. */
export function logQueryMarginal(mixture: QueryMixture, query: Node): Node {
  bindMixture("logQueryMarginal", mixture, { query: [query, ["queries", "channels"]] });
  return logTotalOverUnits(logUnitJoint(mixture, query), mixture.allowed);
}

/** log p_i(v[i] | q[i]), `[…, queries]`: what value inference climbs. */
export function logConditional(mixture: Mixture, query: Node, value: Node): Node {
  return subtract(logJoint(mixture, query, value), logQueryMarginal(mixture, query));
}
