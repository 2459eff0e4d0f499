import type { HostTensor } from "../tensor/hostTensor.ts";

/** What the ONNX lowering of an operation writes with. Values are referred to by name. */
export interface OnnxWriter {
  /** Append an ONNX node with one output; returns the output's name. */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, number | string | readonly number[]>>,
  ): string;
  /** Add an initialiser; returns its name. */
  constant(value: HostTensor): string;
}
