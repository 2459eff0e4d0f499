import type { Axis, HostTensor } from "../../tensor/hostTensor.ts";
import type { Kind } from "../vocabulary.ts";

/** Whole numbers become ints, others floats: `{ float: 1 }` is a float that happens to be whole. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/** Whose kernels run a model: forms equal in value are not equal in speed, or not all right. */
export type Kernels = "cpu" | "webgpu";

/**
 * What the ONNX lowering of an operation writes with. Values are referred to by name; floats are of
 * the model's precision, ints `int32`, bools `bool`. No value without numbers (an axis of size 0)
 * is ever asked for as a result: such results are known without a node.
 */
export interface OnnxWriter {
  readonly kernels: Kernels;
  /** The lowest finite float of the model's precision. */
  readonly lowest: number;
  /**
   * Append an ONNX node with one output; the same node written twice is written once.
   *
   * @param inputs In the order of the operator; `""` for an optional one that is left out.
   * @param domain @default the standard operators
   * @returns The output's name.
   */
  node(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: "com.microsoft",
  ): string;
  /** As `node`, for a standard operator with so many outputs; returns the names of all. */
  outputs(
    many: number,
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): readonly string[];
  /** Add an initialiser; returns its name. Equal ones are written once. */
  constant(value: HostTensor): string;
  /** A list of int64, as Reshape, Slice and their like want their arguments. */
  integers(values: readonly number[]): string;
  /** The value as another kind of number. */
  cast(value: string, kind: Kind): string;
  /** The value with its dimensions in another order; itself where nothing moves. */
  transposed(value: string, order: readonly number[]): string;
  /**
   * Say which sizes a value has, so that reshaping it can be spared: even one that changes nothing
   * parts a convolution from the bias and the activation that runtimes would do with it.
   */
  noteSizes(value: string, sizes: readonly number[]): void;
  /** The same numbers under other dimensions. */
  reshaped(value: string, sizes: readonly number[]): string;
  /**
   * The value brought to where the axes of `to` stand, with size 1 along those it lacks, so that it
   * broadcasts as names say.
   *
   * @param axes Its own axes, all among those of `to`.
   */
  aligned(value: string, axes: readonly Axis[], to: readonly Axis[]): string;
  /** The value aligned, and repeated along the axes it lacks. */
  inFull(value: string, axes: readonly Axis[], to: readonly Axis[]): string;
}
