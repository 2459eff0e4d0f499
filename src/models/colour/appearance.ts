/**
 * The appearance mixture: components shared by the whole picture (colour,
 * surroundings, texture, and only roughly the place). What is said about some
 * units is learnt by the components that explain them, and from them by every
 * unit that looks alike, wherever it is.
 *
 *     a[k,c] = exp(−½ ‖f[k] − ζ[c]‖²)                 density of unit k under component c
 *     r[k,c] = m[k] a[k,c] / Σ_c a[k,c]               responsibilities, weighted by mass
 *     ζ[c] ← (θ ζ[c] + Σ_k r[k,c] f[k]) / (θ + Σ_k r[k,c])     (equation 18)
 *     p(f[k] | label) = Σ_c a[k,c] Σ_j r[j,c] v[j,label] / Σ_c Σ_j r[j,c] v[j,label]
 */

import { type Graph, graph } from "../../graph/graph.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { contract } from "../../graph/operations/contract.ts";
import { divide } from "../../graph/operations/divide.ts";
import { exp } from "../../graph/operations/exp.ts";
import { input } from "../../graph/operations/input.ts";
import { largest } from "../../graph/operations/largest.ts";
import { log } from "../../graph/operations/log.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { minimum } from "../../graph/operations/minimum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { softmax } from "../../graph/operations/softmax.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import type { ColourConstants } from "./constants.ts";

/** Keeps the logarithm of a density finite. */
const LEAST_DENSITY = 1e-12;

/** Beyond this squared distance a density is as good as zero in single precision. */
const FARTHEST = 80;

/**
 * Adapt the components to the units.
 *
 * Inputs: `features` `[units, features]` in standard deviations, `mass` `[units]`, `components`
 * `[components, features]`. Outputs: `density` a and `members` r, `[units, components]`; `base`
 * `[units]`, density of the picture as a whole.
 */
export function componentsGraph(
  units: number,
  components: number,
  features: number,
  { appearanceSteps, appearancePrior }: ColourConstants,
): Graph {
  const feature = input("features", { units, features });
  const mass = input("mass", { units });
  let keys: Node = input("components", { components, features });
  for (let step = 0; step < appearanceSteps; step++) {
    const members = membersOf(densities(feature, keys), mass);
    const pulled = add(multiply(keys, appearancePrior), contract(members, feature, "units"));
    keys = divide(pulled, add(sum(members, "units"), appearancePrior));
  }
  const density = densities(feature, keys);
  const members = membersOf(density, mass);
  const share = divide(sum(members, "units"), sum(mass, "units"));
  return graph({ density, members, base: contract(density, share, "components") });
}

function densities(feature: Node, keys: Node): Node {
  const distance = subtract(
    add(sum(square(feature), "features"), sum(square(keys), "features")),
    multiply(contract(feature, keys, "features"), 2),
  );
  return exp(multiply(minimum(maximum(distance, 0), FARTHEST), -0.5));
}

function membersOf(density: Node, mass: Node): Node {
  return multiply(density, divide(mass, sum(density, "components")));
}

/**
 * What every unit's looks say about its label, as a distribution.
 *
 * Inputs: `density`, `members`, `base` of `componentsGraph`; `value` `[labels, units]`; `examples`
 * `[labels, units]`, weight of what was said about a unit; `place` `[labels, units]`, what place
 * alone says. Output: `evidence` `[labels, units]`, sums to one over labels.
 */
export function evidenceGraph(
  units: number,
  components: number,
  labels: number,
  { background, evidenceCap, placeCap, placeShare }: ColourConstants,
): Graph {
  const density = input("density", { units, components });
  const members = input("members", { units, components });
  const base = input("base", { units });
  const mass = input("mass", { units });
  const weight = add(input("value", { labels, units }), input("examples", { labels, units }));
  const total = sum(multiply(weight, mass), "units"); // [labels]
  const values = contract(weight, members, "units"); // [labels, components]
  const explained = contract(values, density, "components"); // [labels, units]
  const likelihood = divide(
    add(explained, multiply(multiply(total, base), background)),
    add(total, LEAST_MASS),
  );
  const place = capped(log(maximum(input("place", { labels, units }), LEAST_DENSITY)), placeCap);
  const score = add(log(add(likelihood, LEAST_DENSITY)), multiply(place, placeShare));
  return graph({ evidence: softmax(capped(score, evidenceCap), "labels") });
}

/** So little mass says nothing about a label's looks. */
const LEAST_MASS = 1e-6;

/** Scores relative to the best label's, none more than `cap` below it. */
function capped(score: Node, cap: number): Node {
  return maximum(subtract(score, largest(score, "labels")), -cap);
}
