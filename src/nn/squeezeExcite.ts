/**
 * Squeeze and excite: channels weighed by what the image as a whole says of them,
 * `y = x · sigmoid(W₂ relu(W₁ mean(x)))`.
 *
 * @see Hu, Shen & Sun 2018, arXiv:1709.01507.
 */

import type { Node } from "../graph/node.ts";
import { mean } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { relu } from "../graph/operations/relu.ts";
import { rename } from "../graph/operations/rename.ts";
import { sigmoid } from "../graph/operations/sigmoid.ts";
import { type LinearParameters, linear, linearParameters } from "./linear.ts";
import type { Parameter } from "./parameters.ts";

export type SqueezeExciteParameters<Leaf> = {
  readonly squeeze: LinearParameters<Leaf>;
  readonly excite: LinearParameters<Leaf>;
};

/** What it needs; `width` is how many numbers the image is squeezed into. */
export function squeezeExciteParameters({
  channels,
  width,
}: {
  readonly channels: number;
  readonly width: number;
}): SqueezeExciteParameters<Parameter> {
  return {
    squeeze: linearParameters({ from: channels, to: width }),
    excite: linearParameters({ from: width, to: channels }),
  };
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns The same axes.
 * @throws {ShapeError} When x has other channels than the parameters.
 */
export function squeezeExcite(x: Node, { squeeze, excite }: SqueezeExciteParameters<Node>): Node {
  const whole = rename(mean(x, "height", "width"), { channels: "features" });
  const weight = sigmoid(linear(relu(linear(whole, squeeze)), excite));
  return multiply(x, rename(weight, { features: "channels" }));
}
