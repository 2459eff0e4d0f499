/** The smallest network that answers clicks and has all that training must care for: it is no good. */

import {
  concat,
  constant,
  exp,
  expand,
  multiply,
  type Node,
  relu,
  square,
  subtract,
  sum,
} from "../../src/graph/index.ts";
import type { ClickInputs } from "../../src/models/network/clickInputs.ts";
import {
  convolution,
  convolutionParameters,
  type NodesOf,
  normedConvolution,
  normedConvolutionParameters,
  type Tree,
} from "../../src/nn/index.ts";
import { tensor } from "../../src/tensor/index.ts";
import type { Trainable } from "../../src/train/index.ts";

const STRIDE = 2;
/** How far a click reaches, in pixels. */
const REACH = 6;

const wanted = {
  encoder: { stem: normedConvolutionParameters({ channels: 3, filters: 6, kernel: 3 }) },
  fine: convolutionParameters({ channels: 7, filters: 8, kernel: 3, bias: true }),
  head: convolutionParameters({ channels: 8, filters: 1, kernel: 1, bias: true }),
};

/** A convolution with a norm, and two more of its features beside one map of clicks. */
export const miniatureNetwork: Trainable = {
  name: "miniature",
  parameters: wanted,
  stride: STRIDE,
  encode: (weights, image, mode) => {
    const { encoder } = own(weights);
    const seen = normedConvolution(image, encoder.stem, { stride: STRIDE, padding: 1 }, mode);
    return { fine: relu(seen) };
  },
  answer: (weights, { fine }, clicks) => {
    const { fine: mixing, head } = own(weights);
    const both = concat([fine, clickMap(fine, clicks)], "channels");
    const mixed = relu(convolution(both, mixing, { padding: 1 }));
    return sum(convolution(mixed, head), "channels");
  },
};

/** The nodes that were made for `wanted`. */
function own(weights: Tree<Node>): NodesOf<typeof wanted> {
  return weights as NodesOf<typeof wanted>;
}

/** Hills at clicks on the object, dales at those on the background. */
function clickMap(fine: Node, { row, column, says, weight }: ClickInputs): Node {
  const near = (side: "height" | "width", place: Node): Node => {
    const size = fine.axes.find(({ name }) => name === side)?.size ?? 0;
    const centres = Float32Array.from({ length: size }, (_, i) => (i + 0.5) * STRIDE);
    const apart = subtract(place, constant(tensor({ [side]: size }, centres)));
    return exp(multiply(square(apart), -1 / (2 * REACH ** 2)));
  };
  const sign = multiply(weight, subtract(multiply(says, 2), 1));
  const hills = multiply(multiply(near("height", row), near("width", column)), sign);
  return expand(sum(hills, "clicks"), { channels: 1 });
}
