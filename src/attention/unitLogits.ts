/**
 * What speaks for each unit, given a token's query and perhaps its value:
 *
 *     log π[i,j] + log p_i(q[i] | u_j) + log p(v[i] | u_j)
 *
 * exactly (`logUnitJoint`, for densities) or up to a constant per row (`unitLogits`, for
 * responsibilities, which is cheaper and keeps more digits). With the magnitude prior everything
 * that is squared cancels and dot products remain:
 *
 *     α (q·ξ + q·r + ξ·r') − α/2 ‖q‖² (1 + [r])
 *
 * the last term only where α differs between units.
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { logGaussians, logNormaliser } from "./logGaussians.ts";
import { logPrior, rawLogPrior, valueMagnitudes } from "./logPrior.ts";
import { hasValues, type QueryMixture } from "./mixture.ts";
import { queryLogLikelihood } from "./queryLogLikelihood.ts";
import { weightedDot, weightedSquare } from "./weightedDot.ts";

/**
 * log π + log p(q | u) + log p(v | u), `[…, queries, keys]`. Entries that are not allowed are numbers
 * like any other.
 *
 * @param query q, `[…, queries, channels]`.
 * @param value v, `[…, queries, valueChannels]`; without, only the query speaks. The mixture must
 *   have values then, which `bindMixture` checks at the door.
 */
export function logUnitJoint(mixture: QueryMixture, query: Node, value?: Node): Node {
  const ofQuery = add(queryLogLikelihood(mixture, query), logPrior(mixture));
  return withValue(ofQuery, mixture, value, false);
}

/** The same up to a constant per row. */
export function unitLogits(mixture: QueryMixture, query: Node, value?: Node): Node {
  return withValue(queryLogits(mixture, query), mixture, value, true);
}

/** Both, with log p(v | u) added where a value is given; `relative` as in `logGaussians`. */
function withValue(
  ofQuery: Node,
  mixture: QueryMixture,
  value: Node | undefined,
  relative: boolean,
): Node {
  if (value === undefined || !hasValues(mixture)) return ofQuery;
  const ofValue = logGaussians(value, mixture.value, mixture.valuePrecision, {
    channels: "valueChannels",
    normalisers: mixture.normalisers,
    relative,
  });
  return add(ofQuery, ofValue);
}

function queryLogits(mixture: QueryMixture, query: Node): Node {
  const { logPrior: given, queryPosition, queryPositionDensity } = mixture;
  const isProduct = queryPosition === undefined || queryPositionDensity === "product";
  if (given === "magnitude" && isProduct) return dotProducts(mixture, query);
  const ofQuery = queryLogLikelihood(mixture, query, true);
  return given === undefined ? ofQuery : add(ofQuery, rawLogPrior(mixture));
}

/** `queryLogits` under the magnitude prior. */
function dotProducts(mixture: QueryMixture, query: Node): Node {
  const { key, keyPrecision, queryPosition, keyPosition, normalisers = true } = mixture;
  let logits = contract(query, multiply(keyPrecision, key), "channels");
  if (queryPosition !== undefined) {
    logits = add(logits, weightedDot(keyPrecision, query, queryPosition, "channels"));
  }
  if (keyPosition !== undefined) {
    logits = add(logits, weightedDot(keyPrecision, key, keyPosition, "channels"));
  }
  if (hasAxis(keyPrecision, "keys")) {
    const copies = 1 + (queryPosition === undefined ? 0 : 1);
    const ofQuery = weightedSquare(keyPrecision, query, "channels");
    logits = add(logits, multiply(ofQuery, -0.5 * copies));
    if (normalisers) {
      const factors = copies + (keyPosition === undefined ? 0 : 1);
      const channels = sizeOfAxis(key, "channels");
      logits = add(logits, multiply(logNormaliser(keyPrecision, channels, "channels"), factors));
    }
  }
  const needsValues = hasValues(mixture) && mixture.valuePrecision !== 0;
  return needsValues ? add(logits, valueMagnitudes(mixture)) : logits;
}
