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
import { contract } from "../graph/operations/contract.ts";
import type { Mixture } from "./mixture.ts";
import { responsibilities } from "./responsibilities.ts";

/**
 * @param query q, `[…, queries, channels]`.
 * @param value A value per token that speaks in the weights too, `[…, queries, valueChannels]`.
 * @returns     `[…, queries, valueChannels]`; zero for a token with no allowed unit.
 * @throws {ShapeError} When the arguments disagree on an axis.
 */
export function expectedValue(mixture: Mixture, query: Node, value?: Node): Node {
  return contract(responsibilities(mixture, query, value), mixture.value, "keys");
}
