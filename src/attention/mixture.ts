/**
 * The model: every token's query and value are drawn together from one mixture over memory units.
 *
 *     p_i(q, v) = Σ_j π[i,j] · p_i(q | u_j) · p(v | u_j)
 *     p_i(q | u_j) = N(q | ξ[j], 1/α[j])        p(v | u_j) = N(v | μ[j], 1/β[j])
 *
 * A mixture is plain data: an inference step takes one and returns the next. Axes that no field
 * names (`batch`, `heads`, …) are batch axes and pass through by name.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2; the positions, section 2.4.
 */

import type { Node, Value } from "../graph/node.ts";
import { bindAxes, type HasAxes } from "../tensor/bindAxes.ts";

/** The half of the model that speaks of queries: p_i(q) = Σ_j π[i,j] · p_i(q | u_j). */
export interface QueryMixture {
  /** ξ, `[…, keys, channels]`: where each unit expects queries. */
  readonly key: Node;
  /** α > 0, in 1/feature²: one number, `[…, keys]`, or `[…, keys, channels]` for a diagonal one. */
  readonly keyPrecision: Value;
  /**
   * log π, `[…, queries?, keys?]`; a constant added to a row changes nothing. `"magnitude"` follows
   * keys and values, wherever they move: log π[j] = α[j]/2 · ‖ξ[j]‖² + β[j]/2 · ‖μ[j]‖², the prior
   * that turns the mixture into dot-product attention. @default all units alike
   */
  readonly logPrior?: Node | "magnitude" | undefined;
  /** Bool, `[…, queries?, keys?]`: which units may explain which token. @default all */
  readonly allowed?: Node | undefined;
  /** r, `[queries, keys, channels]`: where a query at i is expected by a unit at j, besides ξ[j]. */
  readonly queryPosition?: Node | undefined;
  /**
   * How r enters. `"normal"`, as printed: N(q | (ξ + r)/2, 1/(2α)). `"product"`, which dot products
   * need: N(q | ξ, 1/α) · N(q | r, 1/α). @default "normal"
   */
  readonly queryPositionDensity?: "normal" | "product" | undefined;
  /** r', `[queries, keys, channels]`: multiplies by N(ξ[j] | r'[i,j], 1/α[j]). */
  readonly keyPosition?: Node | undefined;
  /**
   * Whether each Gaussian carries its (α/2π)^(channels/2). Without, units of high precision weigh
   * too little unless all precisions are equal. @default true
   */
  readonly normalisers?: boolean | undefined;
}

/** The whole model, p_i(q, v). */
export interface Mixture extends QueryMixture {
  /** μ, `[…, keys, valueChannels]`: where each unit expects values. */
  readonly value: Node;
  /** β > 0, in 1/value²: one number, `[…, keys]`, or `[…, keys, valueChannels]`. 0 is the limit. */
  readonly valuePrecision: Value;
  /**
   * s, `[queries, keys, valueChannels]`: makes the magnitude prior count ‖μ + s‖² for ‖μ‖², as the
   * released layer does. The printed model leaves it out.
   */
  readonly valuePosition?: Node | undefined;
}

const FIELD_AXES: Readonly<Record<string, readonly string[]>> = {
  key: ["keys", "channels"],
  keyPrecision: [],
  logPrior: [],
  allowed: [],
  queryPosition: ["queries", "keys", "channels"],
  keyPosition: ["queries", "keys", "channels"],
  value: ["keys", "valueChannels"],
  valuePrecision: [],
  valuePosition: ["queries", "keys", "valueChannels"],
};

/**
 * Check that a mixture and the tensors that meet it fit together.
 *
 * @param operation Who is asking.
 * @param tensors   What meets the mixture, by name, with the axes each must have; those that are
 *                  not there are passed over.
 * @throws {ShapeError} Naming the operation, the axis and both tensors.
 * @throws {TypeError} When a tensor of values meets a mixture of queries alone.
 * @throws {RangeError} When α is a number that is not above zero, or β one below zero.
 */
export function bindMixture(
  operation: string,
  mixture: QueryMixture,
  tensors: Readonly<Record<string, readonly [HasAxes | number | undefined, readonly string[]]>>,
): void {
  const bound: Record<string, HasAxes> = {};
  const axes: Record<string, readonly string[]> = {};
  for (const [name, [tensor, own]] of Object.entries(tensors)) {
    if (typeof tensor !== "object") continue;
    if (own.includes("valueChannels") && !hasValues(mixture)) {
      throw new TypeError(
        `${operation}: expected a mixture with values to compare ${name} with, got one of queries alone. Give it value and valuePrecision.`,
      );
    }
    bound[name] = tensor;
    axes[name] = own;
  }
  for (const [name, field] of Object.entries(mixture)) {
    if (typeof field !== "object" || !(name in FIELD_AXES)) continue;
    bound[name] = field;
    axes[name] = FIELD_AXES[name];
  }
  bindAxes(operation, bound, axes);
  checkPrecisions(operation, mixture);
}

function checkPrecisions(operation: string, mixture: QueryMixture): void {
  const { keyPrecision } = mixture;
  if (typeof keyPrecision === "number" && !(keyPrecision > 0)) {
    throw new RangeError(`${operation}: expected keyPrecision > 0, got ${keyPrecision}.`);
  }
  const valuePrecision = hasValues(mixture) ? mixture.valuePrecision : 0;
  if (typeof valuePrecision === "number" && !(valuePrecision >= 0)) {
    throw new RangeError(`${operation}: expected valuePrecision >= 0, got ${valuePrecision}.`);
  }
}

/** Whether a mixture speaks of values too. */
export function hasValues(mixture: QueryMixture): mixture is Mixture {
  return (mixture as Partial<Mixture>).value !== undefined;
}
