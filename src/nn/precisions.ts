/**
 * Precisions and priors that are learnt: kept as a raw number per head, of which they are the
 * softplus, so that they stay positive wherever learning takes them.
 */

import type { Node } from "../graph/node.ts";
import { softplus } from "../graph/operations/softplus.ts";
import { constantly } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";

/** By the names that layers know them by. */
const PRECISIONS = [
  "keyPrecision",
  "valuePrecision",
  "keyPriorPrecision",
  "valuePriorPrecision",
] as const;

export type Precisions<Each> = {
  readonly [Name in (typeof PRECISIONS)[number]]?: Each | undefined;
};

/**
 * The raw numbers of those that are learnt.
 *
 * @param layer      Who is asking, as errors begin.
 * @param beginnings Where each begins.
 * @throws {RangeError} When one does not begin above 0.
 */
export function precisionParameters(
  layer: string,
  heads: number,
  beginnings: Precisions<number>,
): Precisions<Parameter> {
  const raw = PRECISIONS.flatMap((name) => {
    const beginning = beginnings[name];
    if (beginning === undefined) return [];
    return [
      [name, learnt({ heads }, constantly(inverseSoftplus(layer, name, beginning)))] as const,
    ];
  });
  return Object.fromEntries(raw);
}

/** What was learnt, each `[heads]` and positive. */
export function learntPrecisions(raw: Precisions<Node>): Precisions<Node> {
  const learntOnes = PRECISIONS.flatMap((name) => {
    const own = raw[name];
    return own === undefined ? [] : [[name, softplus(own)] as const];
  });
  return Object.fromEntries(learntOnes);
}

function inverseSoftplus(layer: string, name: string, value: number): number {
  if (!(value > 0)) {
    throw new RangeError(`${layer}: expected a learnt ${name} to begin above 0, got ${value}.`);
  }
  return value + Math.log(-Math.expm1(-value));
}
