/**
 * How much each memory unit explains each token: the E-step of the mixture.
 *
 *     w[i,j] ∝ π[i,j] · p_i(q[i] | u_j) · p(v[i] | u_j),   Σ_j w[i,j] = 1
 *
 * Taken in log space over the allowed units only, so that a query far from every key, or a row with
 * masked units, still gets a proper distribution.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, E-steps of equations 18 and 23.
 */

import type { Node } from "../graph/node.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { addedUp, relativeTerms } from "./logitTerms.ts";
import { bindMixture, type QueryMixture } from "./mixture.ts";
import { unitLogits } from "./unitLogits.ts";

/**
 * @param query q, `[…, queries, channels]`.
 * @param value v, `[…, queries, valueChannels]`: what is known of the values; without it the query
 *   alone decides.
 * @returns     w, `[…, queries, keys]`; a row with no allowed unit is all zero.
 * @throws {ShapeError} When the arguments disagree on an axis.
 * @throws {TypeError} When a value is given to a mixture of queries alone.
 */
export function responsibilities(mixture: QueryMixture, query: Node, value?: Node): Node {
  bindMixture("responsibilities", mixture, {
    query: [query, ["queries", "channels"]],
    "the tokens' value": [value, ["queries", "valueChannels"]],
  });
  const logits = addedUp(relativeTerms(unitLogits(mixture, query, value)));
  return softmax(logits, "keys", mixture.allowed);
}
