import type { HostTensor } from "../../tensor/hostTensor.ts";
import type { Graph } from "../graph.ts";
import { lower } from "./lower.ts";
import { encodeModel } from "./model.ts";
import type { ModelPrecision } from "./writer.ts";

export interface OnnxOptions {
  /** Of the model, as viewers show it. @default "maskwise" */
  readonly name?: string;
  /** Version of what wrote it. @default "" */
  readonly producerVersion?: string;
  /** Inputs whose values are known, weights above all: they become part of the file. */
  readonly constants?: Readonly<Record<string, HostTensor>>;
  /** What floats are kept in inside; inputs and outputs are single precision. @default "float32" */
  readonly precision?: ModelPrecision;
  /** What there is to say of the model: its licence, the hash of its recipe, …, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A graph as an `.onnx` file: operators of version 17, static sizes, axes in the order of the graph.
 *
 * Inputs and outputs have the graph's names; an output called like an input has `_out` behind it.
 * Floats are `float`, ints `int32`, bools `bool`.
 *
 * @returns The bytes of the file.
 * @throws {TypeError} When a constant holds another kind than its input.
 * @throws {ShapeError} When it has other axes, or the same in another order.
 */
export function writeOnnx(
  graph: Graph,
  {
    name = "maskwise",
    producerVersion = "",
    constants = {},
    precision = "float32",
    metadata = {},
  }: OnnxOptions = {},
): Uint8Array {
  const { model } = lower(graph, { constants, precision });
  return encodeModel({ ...model, name, producerVersion, metadata });
}
