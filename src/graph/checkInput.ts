import { type Axis, type DType, describeAxes, ShapeError, sizeOf } from "../tensor/hostTensor.ts";
import { sameLayout } from "../tensor/layOut.ts";
import type { NodeOf } from "./node.ts";
import type { Kind } from "./vocabulary.ts";

/** What whoever runs a graph is given for an input. */
interface Given {
  readonly axes: readonly Axis[];
  readonly dtype: DType;
  /** Its numbers, where they are at hand. */
  readonly data?: ArrayLike<number>;
}

/**
 * The tensor given for an input of a graph, if it is one that the graph was made for.
 *
 * @param runner Who is asking, as errors begin.
 * @throws {TypeError} When the input is missing or holds another kind.
 * @throws {ShapeError} When it has other axes, or the same in another order.
 */
export function givenFor<Tensor extends Given>(
  runner: string,
  { attributes: { name }, axes, kind }: NodeOf<"input">,
  inputs: Readonly<Record<string, Tensor>>,
): Tensor {
  if (!Object.hasOwn(inputs, name)) {
    const given = Object.keys(inputs).join(", ") || "nothing";
    throw new TypeError(
      `${runner}: expected an input "${name}" ${describeAxes(axes)}, got ${given}. ` +
        `Hand in a tensor for every input of the graph.`,
    );
  }
  const tensor = inputs[name];
  if (!DTYPES[kind].includes(tensor.dtype)) {
    throw new TypeError(
      `${runner}: expected input "${name}" to hold ${kind}, got ${tensor.dtype}. ` +
        `tensor(sizes, data, dtype) makes one of another dtype.`,
    );
  }
  const { length } = tensor.data ?? { length: sizeOf(tensor.axes) };
  const fits = sameLayout(tensor.axes, axes) && sameSize(tensor.axes, axes);
  if (!fits || length !== sizeOf(axes)) {
    throw new ShapeError(
      `${runner}: expected input "${name}" to be ${describeAxes(axes)} in this order, ` +
        `got ${describeAxes(tensor.axes)} with ${length} numbers.`,
    );
  }
  return tensor;
}

const DTYPES: Readonly<Record<Kind, readonly DType[]>> = {
  float: ["float64", "float32"],
  int: ["int32"],
  bool: ["bool"],
};

function sameSize(a: readonly Axis[], b: readonly Axis[]): boolean {
  return a.every(({ size }, place) => b[place].size === size);
}
