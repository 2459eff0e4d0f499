import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { merge } from "../graph/operations/merge.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { split } from "../graph/operations/split.ts";
import { hasAxis } from "../graph/shapes.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { ShapeError } from "../tensor/hostTensor.ts";
import { ones, zeros } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";
import { DEFAULT_EPSILON, momentsOf, overDeviation } from "./standardise.ts";

/** γ and β. */
export type NormParameters<Leaf> = {
  readonly weight: Leaf;
  readonly bias: Leaf;
};

/** What a group norm needs, each `[channels]`; it begins without scale and shift. */
export function groupNormParameters(channels: number): NormParameters<Parameter> {
  return { weight: learnt({ channels }, ones), bias: learnt({ channels }, zeros) };
}

/**
 * `y = γ (x − μ) / √(σ² + ε) + β` with mean and variance over the pixels and channels of one group
 * of one image.
 *
 * @param x       `[…, channels, height, width]`; other axes are batch axes. A side may be missing.
 * @param options `groups` divides the channels; ε is 1e-5 by default.
 * @throws {ShapeError} When the groups do not divide the channels.
 * @see Wu & He 2018, arXiv:1803.08494.
 */
export function groupNorm(
  x: Node,
  { weight, bias }: NormParameters<Node>,
  { groups, epsilon = DEFAULT_EPSILON }: { readonly groups: number; readonly epsilon?: number },
): Node {
  const { channels } = bindAxes(
    "groupNorm",
    { x, weight, bias },
    { x: ["channels"], weight: ["channels"], bias: ["channels"] },
  );
  if (!Number.isInteger(groups) || channels % groups !== 0) {
    throw new ShapeError(
      `groupNorm: expected groups that divide ${channels} channels, got ${groups}.`,
    );
  }
  const parts = { groups, members: channels / groups };
  const sides = ["height", "width"].filter((side) => hasAxis(x, side));
  const { centred, variance } = momentsOf(split(x, "channels", parts), ["members", ...sides]);
  const scale = overDeviation(split(weight, "channels", parts), variance, epsilon);
  return add(merge(multiply(centred, scale), ["groups", "members"], "channels"), bias);
}
