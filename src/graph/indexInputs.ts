import type { Graph } from "./graph.ts";
import type { Node, NodeOf } from "./node.ts";

/** An input that is used to point into an axis. */
export interface IndexInput {
  readonly input: string;
  readonly operation: string;
  readonly axis: string;
  readonly size: number;
}

/**
 * Which inputs of a graph have to be indices, and into what: for executors that do not look at
 * every index themselves. Indices that are computed in the graph are not among them.
 */
export function indexInputs({ order }: Graph): readonly IndexInput[] {
  return order.flatMap((node) => {
    if (node.operation !== "gather" && node.operation !== "scatterAdd") return [];
    const [x, indices] = node.inputs;
    const { axis } = node.attributes;
    const size =
      node.operation === "scatterAdd"
        ? node.attributes.size
        : (x.axes.find(({ name }) => name === axis)?.size ?? 0);
    const from = seenThrough(indices);
    if (from === undefined) return [];
    return { input: from.attributes.name, operation: node.operation, axis, size };
  });
}

/** The input that a node shows all of, in another form. */
function seenThrough(node: Node): NodeOf<"input"> | undefined {
  switch (node.operation) {
    case "input":
      return node;
    case "rename":
    case "reorder":
    case "split":
    case "merge":
    case "flip":
    case "expand":
    case "stopGradient":
      return seenThrough(node.inputs[0]);
    default:
      return undefined;
  }
}
