/**
 * Values that spread from unit to unit. Each unit takes the average of what
 * its neighbours, its prior and what was said about it hold; a neighbour counts
 * by how near and alike it is, and less the more its value differs. That is the
 * value likelihood p(v[k] | u[j]) of equation 23 with a heavier tail than a
 * Gaussian's (Student's), so that values end at edges instead of fading.
 *
 *     s[k,j] = exp(−½ ‖x[k]−x[j]‖²/σx²) (exp(−½ ‖c[k]−c[j]‖²/σc²) + floor)
 *     w[k,j] = s[k,j] / √(ε + β/2 Σ_l (v[l,k] − v[l,j])²)
 *     v[k] ← (π[k] + Σ_j w[k,j] v[j]) / (Σ_l π[l,k] + Σ_j w[k,j])
 *
 * with π the pulls of all that is known about a unit, `[labels, units]`.
 */

import { type Graph, graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { divide } from "../../graph/operations/divide.ts";
import { exp } from "../../graph/operations/exp.ts";
import { gather } from "../../graph/operations/gather.ts";
import { input } from "../../graph/operations/input.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { minimum } from "../../graph/operations/minimum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { rename } from "../../graph/operations/rename.ts";
import { slice } from "../../graph/operations/slice.ts";
import { sqrt } from "../../graph/operations/sqrt.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import type { ColourConstants } from "./constants.ts";
import { CHANNELS } from "./localMixture.ts";

/** Keeps the average of nothing finite. */
const LEAST_PULL = 1e-9;

/**
 * How much each unit listens to its neighbours.
 *
 * Inputs: `keys` `[channels, units]`, `neighbours` and `there` `[near, units]`.
 * Output: `closeness` `[near, units]`, 0 where there is no neighbour.
 */
export function closenessGraph(
  units: number,
  near: number,
  { neighbourSigma, neighbourFloor }: ColourConstants,
): Graph {
  const keys = input("keys", { channels: CHANNELS, units });
  const neighbours = input("neighbours", { near, units }, "int");
  const difference = square(
    subtract(gather(rename(keys, { units: "of" }), "of", neighbours), keys),
  );
  const [colour, position] = [
    sum(slice(difference, "channels", 0, 3), "channels"),
    sum(slice(difference, "channels", 3, CHANNELS), "channels"),
  ];
  const alike = exp(multiply(colour, -0.5 / neighbourSigma.colour ** 2));
  const close = exp(multiply(position, -0.5 / neighbourSigma.position ** 2));
  const there = toFloat(input("there", { near, units }, "bool"));
  return graph({ closeness: multiply(multiply(close, add(alike, neighbourFloor)), there) });
}

/**
 * One round: look at the values once, then step with these weights.
 *
 * Things are the labels but the background, which is what they leave: value[background] = 1 − Σ.
 *
 * Inputs: `value` and `before` `[things, units]`, now and one step ago; `pull` `[labels, units]`;
 * `closeness` and `neighbours` `[near, units]`. Outputs: `value`, `before`.
 *
 * @param edges Whether values that differ weaken a neighbour.
 */
export function roundGraph(
  things: number,
  units: number,
  near: number,
  edges: boolean,
  { stepsPerRound, stepLength, momentum, valueFloor, valuePrecision }: ColourConstants,
): Graph {
  const neighbours = input("neighbours", { near, units }, "int");
  const pulls = input("pull", { labels: things + 1, units });
  const closeness = input("closeness", { near, units });
  let value: Node = input("value", { things, units });
  let before: Node = input("before", { things, units });
  const around = (x: Node) => gather(rename(x, { units: "of" }), "of", neighbours); // [things, near, units]
  const weights = edges
    ? divide(closeness, contrast(subtract(around(value), value), valueFloor, valuePrecision))
    : closeness;
  const pull = rename(slice(pulls, "labels", 1, things + 1), { labels: "things" });
  const total = maximum(add(sum(weights, "near"), sum(pulls, "labels")), LEAST_PULL);
  const [share, given] = [divide(weights, total), divide(pull, total)];
  for (let step = 0; step < stepsPerRound; step++) {
    const wanted = add(sum(multiply(around(value), share), "near"), given);
    const moved = add(
      add(multiply(wanted, stepLength), multiply(value, 1 - stepLength + momentum)),
      multiply(before, -momentum),
    );
    before = value;
    value = onSimplex(moved, things);
  }
  return graph({ value, before });
}

/** √(ε + β/2 times the squared difference of two distributions over labels), `[near, units]`. */
function contrast(difference: Node, floor: number, precision: number): Node {
  const things = sum(square(difference), "things");
  const background = square(sum(difference, "things"));
  return sqrt(add(multiply(add(things, background), precision / 2), floor));
}

/** Back to distributions over labels after a step that may have gone too far. */
function onSimplex(value: Node, things: number): Node {
  const clamped = maximum(minimum(value, 1), 0);
  return things === 1 ? clamped : divide(clamped, maximum(sum(clamped, "things"), 1));
}
