import { type Axis, sizeOf } from "../tensor/hostTensor.ts";
import type { Graph } from "./graph.ts";
import type { Node } from "./node.ts";

/**
 * Floating-point operations of a graph's convolutions, matrix products and fused attention, two per
 * multiplication and addition; all else is left out, as is usual. What depends on constants alone is
 * computed once and not counted.
 */
export function flopsOf({ order }: Graph): number {
  const fixed = new Set<Node>();
  let total = 0;
  for (const node of order) {
    const isFixed = node.operation !== "input" && node.inputs.every((input) => fixed.has(input));
    if (isFixed) fixed.add(node);
    else total += 2 * productsOf(node);
  }
  return total;
}

function productsOf(node: Node): number {
  const { inputs, axes } = node;
  switch (node.operation) {
    case "convolve":
      return sizeOf(axes) * sizeOf(inputs[1].axes.filter(({ name }) => name !== "filters"));
    case "contract": {
      const { over } = node.attributes;
      return sizeOf(axes) * sizeOf(inputs[0].axes.filter(({ name }) => over.includes(name)));
    }
    case "attention":
    case "attentionAdjoint":
    case "logTotals": {
      const [query, key, x] = inputs;
      const logits = sizeOf(allAxes(query, key));
      const weighed = x === undefined ? 0 : sizeOf(allAxes(query, key, x)) / channelsOf(node);
      return logits + weighed;
    }
    default:
      return 0;
  }
}

function channelsOf({ inputs: [query], attributes }: Node): number {
  const name = "channels" in attributes ? attributes.channels : undefined;
  return query.axes.find((axis) => axis.name === name)?.size ?? 1;
}

/** The axes of all of them, each once. */
function allAxes(...tensors: readonly Node[]): readonly Axis[] {
  const byName = new Map(tensors.flatMap(({ axes }) => axes.map((axis) => [axis.name, axis])));
  return [...byName.values()];
}
