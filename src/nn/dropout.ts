import type { Node } from "../graph/node.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { axesOf, type HostTensor, type Sizes, sizeOf } from "../tensor/hostTensor.ts";

/**
 * Leave numbers out, for one step of training: a product with a mask from `dropoutMask`, handed in
 * as an input of the graph.
 *
 * @param mask Has axes of x, all or some: with fewer, whole channels (or the like) are left out.
 */
export function dropout(x: Node, mask: Node): Node {
  return multiply(x, mask);
}

/**
 * Which numbers to keep: 0 with probability `rate`, else 1 / (1 − rate), so that sums stay as they
 * are on average.
 *
 * @param rate   In [0, 1).
 * @param random Uniform in [0, 1).
 * @throws {RangeError} When the rate is out of range.
 */
export function dropoutMask(sizes: Sizes, rate: number, random: () => number): HostTensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`dropoutMask: expected a rate of at least 0 and below 1, got ${rate}.`);
  }
  const axes = axesOf("dropoutMask", sizes);
  const data = new Float32Array(sizeOf(axes));
  for (let i = 0; i < data.length; i++) data[i] = random() < rate ? 0 : 1 / (1 - rate);
  return { dtype: "float32", axes, data };
}
