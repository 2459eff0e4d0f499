/**
 * The local mixture: units on a coarse grid whose keys (colour and place) adapt
 * to the picture's own tokens, each token being explained by the nine units
 * around it only. Units become patches of one colour that end at edges.
 *
 *     w[i,j] ∝ exp(−½ Σ_c α_c (q[i,c] − ξ[j,c])²)   for units j around token i
 *     ξ[j] ← Σ_i w[i,j] q[i] / Σ_i w[i,j]            (equation 18 without a prior)
 *
 * Axes: `tokens`, `units`, `near` (the units around one token), `channels`
 * (L, a, b, and x, y in unit spacings).
 */

import { type Graph, graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { constant } from "../../graph/operations/constant.ts";
import { divide } from "../../graph/operations/divide.ts";
import { gather } from "../../graph/operations/gather.ts";
import { input } from "../../graph/operations/input.ts";
import { less } from "../../graph/operations/less.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { reorder } from "../../graph/operations/reorder.ts";
import { scatterAdd } from "../../graph/operations/scatterAdd.ts";
import { softmax } from "../../graph/operations/softmax.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import { where } from "../../graph/operations/where.ts";
import { tensor } from "../../tensor/hostTensor.ts";
import { NEAR } from "./grid.ts";

export const CHANNELS = 5;

/** Standard deviations of a unit: of its colours, and of its place in unit spacings. */
export interface Sigma {
  readonly colour: number;
  readonly position: number;
}

/** A unit that explains less than this many tokens stays where it is. */
const LEAST_MASS = 1e-6;

/** w, `[near, tokens]`: how much each of the units around it explains a token; rows sum to one. */
function nearResponsibilities(
  query: Node,
  keys: Node,
  near: Node,
  there: Node,
  sigma: Sigma,
): Node {
  const key = gather(keys, "units", near); // [channels, near, tokens]
  const distance = sum(multiply(square(subtract(key, query)), precisions(sigma)), "channels");
  return softmax(multiply(distance, -0.5), "near", there);
}

function precisions({ colour, position }: Sigma): Node {
  const data = [colour, colour, colour, position, position].map((s) => 1 / s ** 2);
  return constant(tensor({ channels: CHANNELS }, data));
}

/** Σ over the tokens that a unit explains, `[units, …]`. */
function gathered(weights: Node, values: Node, near: Node, units: number): Node {
  return scatterAdd(multiply(weights, values), "units", near, units);
}

/**
 * Adapt the keys to the tokens, and sum up the surroundings of what each unit explains.
 *
 * Inputs: `query` `[channels, tokens]`, `keys` `[channels, units]`, `near` and `there`
 * `[near, tokens]`, `context` `[features, tokens]`.
 * Outputs: `keys`; `mass` `[units]`, tokens each unit explains; `context` `[features, units]`, their mean.
 */
export function adaptationGraph(
  tokens: number,
  units: number,
  features: number,
  steps: number,
  sigma: Sigma,
): Graph {
  const query = input("query", { channels: CHANNELS, tokens });
  const near = input("near", { near: NEAR, tokens }, "int");
  const there = input("there", { near: NEAR, tokens }, "bool");
  const context = input("context", { features, tokens });
  let keys: Node = input("keys", { channels: CHANNELS, units });
  for (let step = 0; step < steps; step++) {
    const weights = nearResponsibilities(query, keys, near, there, sigma);
    const mass = scatterAdd(weights, "units", near, units);
    const mean = divide(gathered(weights, query, near, units), maximum(mass, LEAST_MASS));
    keys = reorder(where(less(mass, LEAST_MASS), keys, mean), ["channels", "units"]);
  }
  const weights = nearResponsibilities(query, keys, near, there, sigma);
  const mass = scatterAdd(weights, "units", near, units);
  const mean = divide(gathered(weights, context, near, units), maximum(mass, LEAST_MASS));
  return graph({ keys, mass, context: reorder(mean, ["features", "units"]) });
}

/**
 * Responsibilities of adapted units for a band of pixels.
 *
 * Inputs: `query` `[tokens, channels]`, one token a pixel; `keys`; `near`, `there`.
 * Output: `weights` `[near, tokens]`.
 */
export function pixelGraph(pixels: number, units: number, sigma: Sigma): Graph {
  const weights = nearResponsibilities(
    input("query", { channels: CHANNELS, tokens: pixels }),
    input("keys", { channels: CHANNELS, units }),
    input("near", { near: NEAR, tokens: pixels }, "int"),
    input("there", { near: NEAR, tokens: pixels }, "bool"),
    sigma,
  );
  return graph({ weights });
}

/**
 * Value inference for a band of pixels: v[i] = Σ_j w[i,j] μ[j] over the units around.
 *
 * Inputs: `value` `[things, units]`, `weights` and `near` `[near, tokens]`. Output: `value` `[things, tokens]`.
 */
export function inferenceGraph(pixels: number, units: number, things: number): Graph {
  const value = input("value", { things, units });
  const weights = input("weights", { near: NEAR, tokens: pixels });
  const near = input("near", { near: NEAR, tokens: pixels }, "int");
  return graph({ value: sum(multiply(gather(value, "units", near), weights), "near") });
}
