/**
 * How likely each observation is under each of many Gaussians:
 *
 *     log N(x[i] | m[j], 1/p[j]) = C/2 · log(p[j]/2π) − p[j]/2 · ‖x[i] − m[j]‖²
 *
 * and with a diagonal precision, p[j,c], the same as a sum over channels c.
 *
 * The square is expanded, so that the work is one matrix product and no tensor of all differences
 * is made. Distances do not change when everything moves, so the mean of m is subtracted first:
 * without, float32 has no digits left far from the origin.
 */

import type { Node, Value } from "../graph/node.ts";
import { divide } from "../graph/operations/divide.ts";
import { log } from "../graph/operations/log.ts";
import { mean as meanOver } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { stopGradient } from "../graph/operations/stopGradient.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { type LogitProduct, type LogitTerms, together } from "./logitTerms.ts";
import { weightedSquare } from "./weightedDot.ts";

export interface LogGaussiansOptions {
  /** The axis that distances run over: `"channels"` of queries, `"valueChannels"` of values. */
  readonly channels: string;
  /** Whether the (p/2π)^(C/2) is there. @default true */
  readonly normalisers?: boolean | undefined;
}

/**
 * @param x         `[…, observations, channels]`, the observations along any axes but `keys`.
 * @param mean      m, `[…, keys, channels]`.
 * @param precision p, a number, `[…, keys]` or `[…, keys, channels]`.
 * @returns         The terms of a sum `[…, observations, keys]`.
 */
export function logGaussians(
  x: Node,
  mean: Node,
  precision: Value,
  { channels, normalisers = true }: LogGaussiansOptions,
): LogitTerms {
  // The gradient with respect to the centre is zero, so it need not be followed.
  const centre = stopGradient(meanOver(mean, "keys"));
  const nearX = subtract(x, centre);
  const nearMean = subtract(mean, centre);
  const terms: LogitTerms = {
    products: [{ rows: nearX, units: multiply(precision, nearMean), channels }],
    rest: [
      multiply(weightedSquare(precision, nearMean, channels), -0.5),
      ...(normalisers ? [logNormaliser(precision, sizeOfAxis(mean, channels), channels)] : []),
    ],
  };
  return together(terms, scaledSquares(nearX, precision, channels, -0.5));
}

/** c Σ_c p · x[c]² of tokens x, in terms: it pairs tokens with units where p differs between them. */
export function scaledSquares(
  x: Node,
  precision: Value,
  channels: string,
  scale: number,
): LogitTerms {
  if (!hasAxis(precision, "keys")) {
    return { products: [], rest: [multiply(weightedSquare(precision, x, channels), scale)] };
  }
  const units = multiply(precision, scale);
  const product: LogitProduct = hasAxis(precision, channels)
    ? { rows: square(x), units, channels }
    : { rows: sum(square(x), channels), units };
  return { products: [product], rest: [] };
}

/** log of (p/2π)^(C/2), or of Π_c (p[c]/2π)^½ for a diagonal precision. */
export function logNormaliser(precision: Value, count: number, channels: string): Node {
  const perChannel = multiply(log(divide(precision, 2 * Math.PI)), 0.5);
  return hasAxis(perChannel, channels) ? sum(perChannel, channels) : multiply(perChannel, count);
}
