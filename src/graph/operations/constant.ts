import { type DType, type HostTensor, tensor, toDType } from "../../tensor/hostTensor.ts";
import type { Node, NodeOf, Value } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { type Kind, keptIn } from "../vocabulary.ts";

/** Numbers that are part of the graph. Floats are kept as they came and rounded for each run. */
export const constantOperation: Operation<"constant"> = {
  name: "constant",
  shape: (_, { value }) => ({ axes: value.axes, kind: KIND_OF[value.dtype] }),
  evaluate: (_, { value }, { axes, dtype }) => ({
    axes,
    dtype,
    data: toDType(value.data, dtype),
  }),
  gradient: () => [],
  onnx: (_, { attributes: { value } }, write) => write.constant(value),
};

/**
 * A tensor whose numbers are known.
 *
 * @param value A single number is a float without axes.
 */
export function constant(value: number | HostTensor): NodeOf<"constant"> {
  const known = typeof value === "number" ? numberOfKind(value, "float") : value;
  return apply(constantOperation, [], { value: known });
}

/** A value as a node; a number becomes a constant of this kind. */
export function constantOfKind(value: Value, kind: Kind): Node {
  if (typeof value !== "number") return value;
  return constant(numberOfKind(value, kind));
}

/** A single number, as what constants of a kind are made of. */
export function numberOfKind(value: number, kind: Kind): HostTensor {
  return tensor({}, [value], keptIn(kind, "float64"));
}

const KIND_OF: Readonly<Record<DType, Kind>> = {
  float64: "float",
  float32: "float",
  int32: "int",
  bool: "bool",
};
