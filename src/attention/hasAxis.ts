import type { Node, Value } from "../graph/node.ts";

/** Whether a value varies along an axis; a plain number varies along none. */
export function hasAxis(value: Value, name: string): value is Node {
  return typeof value !== "number" && value.axes.some((axis) => axis.name === name);
}

/** Size of an axis; 1 where the tensor has no such axis, since it does not vary along it. */
export function sizeOfAxis(tensor: Node, name: string): number {
  return tensor.axes.find((axis) => axis.name === name)?.size ?? 1;
}
