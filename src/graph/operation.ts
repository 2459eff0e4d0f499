import {
  type Axis,
  allocate,
  type DType,
  type HostTensor,
  sizeOf,
  type TensorData,
} from "../tensor/hostTensor.ts";
import type { Calculus } from "./calculus.ts";
import type { Node, NodeOf, Shape } from "./node.ts";
import type { OnnxWriter } from "./onnx/onnxWriter.ts";
import type { AttributesOf, OperationName } from "./vocabulary.ts";

/** What an evaluation has to produce: the axes its shape rule gave, and the dtype of this run. */
export interface Target {
  readonly axes: readonly Axis[];
  readonly dtype: DType;
}

/** Everything the house knows about one primitive operation. */
export interface Operation<Name extends OperationName> {
  readonly name: Name;
  /**
   * Axes and kind of the result.
   *
   * @throws {ShapeError} When the inputs do not fit together.
   * @throws {TypeError} When an input holds the wrong kind.
   * @throws {RangeError} When an attribute is out of range.
   */
  shape(inputs: readonly Shape[], attributes: AttributesOf[Name]): Shape;
  /**
   * Plain loops; the definition of right. Floats come in, and go out, in the run's precision. The
   * result may be an input's own array, but no part of one.
   *
   * @param spare An array of the target's length and dtype that nobody needs any more, to be
   *              written to in place of a new one. What it holds is anything.
   */
  evaluate(
    inputs: readonly HostTensor[],
    attributes: AttributesOf[Name],
    target: Target,
    spare?: TensorData,
  ): HostTensor;
  /**
   * Whether the gradient rule works entry by entry: then an upstream that is the same along some
   * axes of the output may lack them, and nothing is repeated before it has to be.
   */
  readonly entrywise?: boolean;
  /**
   * Gradients with respect to the inputs, as graphs; `undefined`, or nothing, where none flows.
   * Whoever asks sums over axes that an input lacks, repeats along axes that an answer lacks and
   * puts axes in order: the rule need not.
   *
   * @param upstream Gradient with respect to `output`, with its axes; see `entrywise`.
   * @param write    The operations the rule is written in; handed over, so that the files of
   *                 operations need not import each other in circles.
   */
  gradient(
    inputs: readonly Node[],
    output: NodeOf<Name>,
    upstream: Node,
    write: Calculus,
  ): readonly (Node | undefined)[];
  /**
   * Write the operation as ONNX.
   *
   * @param inputs Names of the ONNX values that hold the inputs.
   * @param output The node to write: its attributes, the axes of its inputs and its own.
   * @returns Name of the ONNX value that holds the output; `undefined` where these kernels have none
   *   for it, and its decomposition is to be written.
   */
  onnx?(inputs: readonly string[], output: NodeOf<Name>, write: OnnxWriter): string | undefined;
  /**
   * The operation as a graph of simpler ones, for executors without a kernel of its own.
   *
   * @returns A node with the axes and the kind of `output`.
   */
  decompose?(inputs: readonly Node[], output: NodeOf<Name>, write: Calculus): Node;
}

/** The array to write a result to, every entry of it. */
export function arrayFor({ axes, dtype }: Target, spare: TensorData | undefined): TensorData {
  return spare ?? allocate(sizeOf(axes), dtype);
}

/** The node that applies an operation to inputs, if their shapes allow it. */
export function apply<Name extends OperationName>(
  operation: Operation<Name>,
  inputs: readonly Node[],
  attributes: AttributesOf[Name],
): NodeOf<Name> {
  const { axes, kind } = operation.shape(inputs, attributes);
  return { operation: operation.name, inputs, attributes, axes, kind };
}
