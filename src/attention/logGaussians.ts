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
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { divide } from "../graph/operations/divide.ts";
import { log } from "../graph/operations/log.ts";
import { mean as meanOver } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { stopGradient } from "../graph/operations/stopGradient.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { hasAxis, sizeOfAxis } from "./hasAxis.ts";
import { weightedSquare } from "./weightedDot.ts";

export interface LogGaussiansOptions {
  /** The axis that distances run over: `"channels"` of queries, `"valueChannels"` of values. */
  readonly channels: string;
  /** Whether the (p/2π)^(C/2) is there. @default true */
  readonly normalisers?: boolean | undefined;
  /**
   * Leave out what is the same for all units: all that responsibilities need. With one shared
   * precision that saves the normaliser and ‖x‖², and the digits lost by adding them. @default false
   */
  readonly relative?: boolean;
}

/**
 * @param x         `[…, observations, channels]`, the observations along any axes but `keys`.
 * @param mean      m, `[…, keys, channels]`.
 * @param precision p, a number, `[…, keys]` or `[…, keys, channels]`.
 * @returns         `[…, observations, keys]`.
 */
export function logGaussians(
  x: Node,
  mean: Node,
  precision: Value,
  { channels, normalisers = true, relative = false }: LogGaussiansOptions,
): Node {
  // The gradient with respect to the centre is zero, so it need not be followed.
  const centre = stopGradient(meanOver(mean, "keys"));
  const nearX = subtract(x, centre);
  const nearMean = subtract(mean, centre);
  const cross = contract(nearX, multiply(precision, nearMean), channels);
  const perUnit = add(
    multiply(weightedSquare(precision, nearMean, channels), -0.5),
    normalisers && !isRowConstant(precision, relative)
      ? logNormaliser(precision, sizeOfAxis(mean, channels), channels)
      : 0,
  );
  const relativeLog = add(cross, perUnit);
  if (isRowConstant(precision, relative)) return relativeLog;
  return add(relativeLog, multiply(weightedSquare(precision, nearX, channels), -0.5));
}

/** Whether what a precision multiplies, besides pairs, drops out of a comparison of units. */
function isRowConstant(precision: Value, relative: boolean): boolean {
  return relative && !hasAxis(precision, "keys");
}

/** log of (p/2π)^(C/2), or of Π_c (p[c]/2π)^½ for a diagonal precision. */
export function logNormaliser(precision: Value, count: number, channels: string): Node {
  const perChannel = multiply(log(divide(precision, 2 * Math.PI)), 0.5);
  return hasAxis(perChannel, channels) ? sum(perChannel, channels) : multiply(perChannel, count);
}
