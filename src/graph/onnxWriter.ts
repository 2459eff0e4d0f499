import type { Axis, HostTensor } from "../tensor/hostTensor.ts";

export type OnnxAttribute = number | string | readonly number[];

/**
 * What the ONNX lowering of an operation writes with. Values are referred to by name; floats are of
 * the model's precision, ints `int32`, bools `bool`.
 */
export interface OnnxWriter {
  /** Whose kernels will run the model: forms equal in value are not equal in speed, or not all right. */
  readonly kernels: "cpu" | "webgpu";
  /**
   * Append an ONNX node with one output.
   *
   * @param attributes Whole numbers become ints, others floats: write `{ float: 1 }` for a float that
   *                   happens to be whole.
   * @param domain     @default the standard operators
   * @returns The output's name.
   */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute | { readonly float: number }>>,
    domain?: "com.microsoft",
  ): string;
  /** Add an initialiser; returns its name. Equal ones are written once. */
  constant(value: HostTensor): string;
  /** A list of int64, as Reshape, Slice and their like want their arguments. */
  integers(values: readonly number[]): string;
  /** The value with its dimensions in another order; itself where nothing moves. */
  transposed(value: string, order: readonly number[]): string;
  /** The same numbers under other dimensions. */
  reshaped(value: string, sizes: readonly number[]): string;
  /**
   * The value brought to where the axes of `to` stand, with size 1 along those it lacks, so that it
   * broadcasts as names say.
   *
   * @param axes Its own axes, all among those of `to`.
   */
  aligned(value: string, axes: readonly Axis[], to: readonly Axis[]): string;
}
