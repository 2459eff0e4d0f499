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
import { multiply } from "../graph/operations/multiply.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { logGaussians, logNormaliser, scaledSquares } from "./logGaussians.ts";
import { type LogitTerms, together } from "./logitTerms.ts";
import { logPrior, rawLogPrior, valueMagnitudes } from "./logPrior.ts";
import { hasValues, type QueryMixture } from "./mixture.ts";
import { queryLogLikelihoodTerms } from "./queryLogLikelihood.ts";
import { weightedDot } from "./weightedDot.ts";

/**
 * log π + log p(q | u) + log p(v | u), in terms of a sum `[…, queries, keys]`. Entries that are not
 * allowed are numbers like any other.
 *
 * @param query q, `[…, queries, channels]`.
 * @param value v, `[…, queries, valueChannels]`; without, only the query speaks. The mixture must
 *   have values then, which `bindMixture` checks at the door.
 */
export function logUnitJoint(mixture: QueryMixture, query: Node, value?: Node): LogitTerms {
  return together(
    queryLogLikelihoodTerms(mixture, query),
    { products: [], rest: [logPrior(mixture)] },
    valueTerms(mixture, value),
  );
}

/** The same up to a constant per row. */
export function unitLogits(mixture: QueryMixture, query: Node, value?: Node): LogitTerms {
  return together(queryLogits(mixture, query), valueTerms(mixture, value));
}

/** log p(v | u) where a value is given. */
function valueTerms(mixture: QueryMixture, value: Node | undefined): LogitTerms {
  if (value === undefined || !hasValues(mixture)) return { products: [], rest: [] };
  return logGaussians(value, mixture.value, mixture.valuePrecision, {
    channels: "valueChannels",
    normalisers: mixture.normalisers,
  });
}

function queryLogits(mixture: QueryMixture, query: Node): LogitTerms {
  const { logPrior: given, queryPosition, queryPositionDensity } = mixture;
  const isProduct = queryPosition === undefined || queryPositionDensity === "product";
  if (given === "magnitude" && isProduct) return dotProducts(mixture, query);
  const ofQuery = queryLogLikelihoodTerms(mixture, query);
  return given === undefined
    ? ofQuery
    : together(ofQuery, { products: [], rest: [rawLogPrior(mixture)] });
}

/** `queryLogits` under the magnitude prior. */
function dotProducts(mixture: QueryMixture, query: Node): LogitTerms {
  const { key, keyPrecision, queryPosition, keyPosition, normalisers = true } = mixture;
  const rest: Node[] = [];
  if (queryPosition !== undefined) {
    rest.push(weightedDot(keyPrecision, query, queryPosition, "channels"));
  }
  if (keyPosition !== undefined) {
    rest.push(weightedDot(keyPrecision, key, keyPosition, "channels"));
  }
  const copies = 1 + (queryPosition === undefined ? 0 : 1);
  if (normalisers && hasAxis(keyPrecision, "keys")) {
    const factors = copies + (keyPosition === undefined ? 0 : 1);
    const channels = sizeOfAxis(key, "channels");
    rest.push(multiply(logNormaliser(keyPrecision, channels, "channels"), factors));
  }
  if (hasValues(mixture) && mixture.valuePrecision !== 0) rest.push(valueMagnitudes(mixture));
  const dots = { rows: query, units: multiply(keyPrecision, key), channels: "channels" };
  return together(
    { products: [dots], rest },
    scaledSquares(query, keyPrecision, "channels", -0.5 * copies),
  );
}
