import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import type { NormParameters } from "./groupNorm.ts";
import { ones, zeros } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";
import { DEFAULT_EPSILON, momentsOf, overDeviation } from "./standardise.ts";

/** What a layer norm needs, each `[features]`; it begins without scale and shift. */
export function layerNormParameters(features: number): NormParameters<Parameter> {
  return { weight: learnt({ features }, ones), bias: learnt({ features }, zeros) };
}

/**
 * `y = γ (x − μ) / √(σ² + ε) + β` with mean and variance over the features of one token.
 *
 * @param x       `[…, features]`; other axes are batch axes.
 * @param options ε is 1e-5 by default.
 * @returns The same axes.
 * @throws {ShapeError} When x has other features than the parameters.
 * @see Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 */
export function layerNorm(
  x: Node,
  { weight, bias }: NormParameters<Node>,
  { epsilon = DEFAULT_EPSILON }: { readonly epsilon?: number } = {},
): Node {
  bindAxes(
    "layerNorm",
    { x, weight, bias },
    { x: ["features"], weight: ["features"], bias: ["features"] },
  );
  const { centred, variance } = momentsOf(x, ["features"]);
  return add(multiply(multiply(centred, overDeviation(1, variance, epsilon)), weight), bias);
}
