/**
 * The value one expects at a token:
 *
 *     v[i] = Σ_j w[i,j] · μ[j]
 *
 * With weights from the query alone it is the mean of p_i(v | q), and the limit of its maximum as
 * β → 0: what attention layers compute.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.2.
 */

import type { Node } from "../graph/node.ts";
import { bindMixture, type Mixture } from "./mixture.ts";
import { unitLogits } from "./unitLogits.ts";
import { unitWeights } from "./unitWeights.ts";

/**
 * @param query q, `[…, queries, channels]`.
 * @param value A value per token that speaks in the weights too, `[…, queries, valueChannels]`.
 * @returns     `[…, queries, valueChannels]`; zero for a token with no allowed unit.
 * @throws {ShapeError} When the arguments disagree on an axis.
 */
export function expectedValue(mixture: Mixture, query: Node, value?: Node): Node {
  bindMixture("expectedValue", mixture, {
    query: [query, ["queries", "channels"]],
    "the tokens' value": [value, ["queries", "valueChannels"]],
  });
  return unitWeights(unitLogits(mixture, query, value), mixture.allowed).expected(mixture.value);
}
