/**
 * The appearance mixture: components shared by the whole picture (colour,
 * surroundings, texture, and only roughly the place). What is said about some
 * units is learnt by the components that explain them, and from them by every
 * unit that looks alike, wherever it is.
 *
 *     a[k,c] = exp(−½ ‖f[k] − ζ[c]‖²)                 density of unit k under component c
 *     w[k,c] = a[k,c] / Σ_c a[k,c]                    responsibilities
 *     ζ[c] ← (θ ζ[c] + Σ_k w[k,c] f[k]) / (θ + Σ_k w[k,c])     (equation 18)
 *     r[k,c] = m[k] w[k,c]                            the same, weighted by the units' mass
 *     p(f[k] | label) = Σ_c a[k,c] Σ_j r[j,c] v[j,label] / Σ_c Σ_j r[j,c] v[j,label]
 */

import { adaptKeys } from "../../attention/adaptKeys.ts";
import type { QueryMixture } from "../../attention/mixture.ts";
import { queryLogLikelihood } from "../../attention/queryLogLikelihood.ts";
import { responsibilities } from "../../attention/responsibilities.ts";
import { type Graph, graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { concat } from "../../graph/operations/concat.ts";
import { contract } from "../../graph/operations/contract.ts";
import { divide } from "../../graph/operations/divide.ts";
import { exp } from "../../graph/operations/exp.ts";
import { expand } from "../../graph/operations/expand.ts";
import { input } from "../../graph/operations/input.ts";
import { largest } from "../../graph/operations/largest.ts";
import { log } from "../../graph/operations/log.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { rename } from "../../graph/operations/rename.ts";
import { slice } from "../../graph/operations/slice.ts";
import { softmax } from "../../graph/operations/softmax.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import type { ColourConstants } from "./constants.ts";

/** Keeps the logarithm of a density finite. */
const LEAST_DENSITY = 1e-12;

/** Below this a density is as good as zero in single precision. */
const LEAST_LOG_DENSITY = -40;

/**
 * Adapt the components to the units.
 *
 * Inputs: `features` `[features, units]` in standard deviations, `mass` `[units]`, `components`
 * `[features, components]`. Outputs: `density` a and `members` r, `[units, components]`; `base`
 * `[units]`, density of the picture as a whole.
 */
export function componentsGraph(
  units: number,
  components: number,
  features: number,
  { appearanceSteps, appearancePrior }: ColourConstants,
): Graph {
  const query = rename(input("features", { features, units }), {
    features: "channels",
    units: "queries",
  });
  const key = rename(input("components", { features, components }), {
    features: "channels",
    components: "keys",
  });
  const mass = input("mass", { units });
  const start: QueryMixture = { key, keyPrecision: 1, normalisers: false };
  const { mixture } = adaptKeys(start, query, {
    steps: appearanceSteps,
    priorPrecision: appearancePrior,
    priorMean: "moving",
  });
  const byName = { queries: "units", keys: "components" };
  const logDensity = rename(queryLogLikelihood(mixture, query), byName);
  const density = exp(maximum(logDensity, LEAST_LOG_DENSITY));
  const members = multiply(rename(responsibilities(mixture, query), byName), mass);
  const share = divide(sum(members, "units"), sum(mass, "units"));
  return graph({ density, members, base: contract(density, share, "components") });
}

/**
 * What every unit's looks say about its label.
 *
 * Things are the labels but the background, which is what they leave: value[background] = 1 − Σ.
 *
 * Inputs: `density`, `members`, `base` of `componentsGraph`; `mass` `[units]`; `value` `[things,
 * units]`; `examples` `[labels, units]`, weight of what was said about a unit; `place` `[things,
 * units]`, what place alone says. Output: `evidence` `[things, units]`.
 */
export function evidenceGraph(
  units: number,
  components: number,
  things: number,
  { background, evidenceCap, placeCap, placeShare }: ColourConstants,
): Graph {
  const density = input("density", { units, components });
  const members = input("members", { units, components });
  const base = input("base", { units });
  const mass = input("mass", { units });
  const value = withBackground(input("value", { things, units }));
  const weight = add(value, input("examples", { labels: things + 1, units }));
  const total = sum(multiply(weight, mass), "units"); // [labels]
  const values = contract(weight, members, "units"); // [labels, components]
  const explained = contract(values, density, "components"); // [labels, units]
  const likelihood = divide(
    add(explained, multiply(multiply(total, base), background)),
    add(total, LEAST_MASS),
  );
  const near = maximum(withBackground(input("place", { things, units })), LEAST_PLACE);
  const place = capped(log(near), placeCap);
  const score = add(log(add(likelihood, LEAST_DENSITY)), multiply(place, placeShare));
  const evidence = softmax(capped(score, evidenceCap), "labels");
  return graph({
    evidence: rename(slice(evidence, "labels", 1, things + 1), { labels: "things" }),
  });
}

/** So little mass says nothing about a label's looks. */
const LEAST_MASS = 1e-6;

/** Keeps the logarithm of a value finite. */
const LEAST_PLACE = 1e-6;

/** `[things, …]` with the background in front: `[labels, …]`. */
function withBackground(things: Node): Node {
  const left = maximum(subtract(1, sum(things, "things")), 0);
  return concat([expand(left, { labels: 1 }), rename(things, { things: "labels" })], "labels");
}

/** Scores relative to the best label's, none more than `cap` below it. */
function capped(score: Node, cap: number): Node {
  return maximum(subtract(score, largest(score, "labels")), -cap);
}
