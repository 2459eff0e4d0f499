import type { Graph, Node } from "../src/graph/index.ts";
import { sizeOf } from "../src/tensor/hostTensor.ts";

/**
 * Floating-point operations of a graph's convolutions and matrix products, two per multiplication
 * and addition; all else is left out, as is usual.
 */
export function flopsOf({ order }: Graph): number {
  return order.reduce((total, node) => total + 2 * sizeOf(node.axes) * termsOf(node), 0);
}

/** How many products each number of the result is a sum of. */
function termsOf(node: Node): number {
  switch (node.operation) {
    case "convolve":
      return sizeOf(node.inputs[1].axes.filter(({ name }) => name !== "filters"));
    case "contract": {
      const { over } = node.attributes;
      return sizeOf(node.inputs[0].axes.filter(({ name }) => over.includes(name)));
    }
    default:
      return 0;
  }
}
