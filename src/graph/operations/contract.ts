import { type Axis, type HostTensor, ShapeError, sizeOf } from "../../tensor/hostTensor.ts";
import { layOut, sameLayout } from "../../tensor/layOut.ts";
import { type Matrices, multiplyMatrices } from "../kernels/matrixProduct.ts";
import type { Node } from "../node.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, checkNamedOnce, commonKind, hasAxis } from "../shapes.ts";

export const contractOperation: Operation<"contract"> = {
  name: "contract",
  shape: ([a, b], { over }) => {
    const kind = commonKind("contract", [a, b], ["float"]);
    alignAxes("contract", { a, b });
    checkNamedOnce("contract", over);
    for (const name of over) {
      for (const [role, operand] of Object.entries({ a, b })) {
        if (hasAxis(operand, name)) continue;
        throw new ShapeError(
          `contract: axis "${name}" is not in ${role}. ` +
            `Axes to contract are in both operands; sum() adds up an axis of one.`,
        );
      }
    }
    const { batch, rows, columns } = rolesOf(a.axes, b.axes, over);
    return { axes: [...batch, ...rows, ...columns], kind };
  },
  evaluate: ([a, b], { over }, target, spare) => {
    const { batch, rows, columns } = rolesOf(a.axes, b.axes, over);
    // Summed in the order in which a has them; b follows.
    const summed = a.axes.filter(({ name }) => over.includes(name));
    const data = arrayFor(target, spare);
    multiplyMatrices(
      data,
      asMatrices(a, batch, rows, summed),
      asMatrices(b, batch, columns, summed),
      sizeOf(batch),
    );
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: ([a, b], { attributes: { over } }, upstream, { contract }) => {
    const { rows, columns } = rolesOf(a.axes, b.axes, over);
    const ofA = contract(upstream, b, ...columns.map(({ name }) => name));
    const ofB = contract(a, upstream, ...rows.map(({ name }) => name));
    return [ofA, ofB];
  },
  onnx: ([a, b], { inputs: [left, right], axes, attributes: { over } }, write) => {
    if (over.length === 0) {
      const factors = [write.aligned(a, left.axes, axes), write.aligned(b, right.axes, axes)];
      return write.node("Mul", factors);
    }
    const { batch, rows, columns } = rolesOf(left.axes, right.axes, over);
    const terms = left.axes.filter(({ name }) => over.includes(name));
    const product = write.node("MatMul", [
      matricesOnnx(a, left.axes, [batch, rows, terms], write),
      matricesOnnx(b, right.axes, [batch, terms, columns], write),
    ]);
    if (rows.length === 1 && columns.length === 1) return product;
    return write.reshaped(
      product,
      axes.map(({ size }) => size),
    );
  },
};

function longAxes(axes: readonly Axis[]): readonly Axis[] {
  return axes.filter(({ size }) => size !== 1);
}

/** A value as `[...batch, lines, columns]`, with each group of axes in one dimension. */
function matricesOnnx(
  value: string,
  axes: readonly Axis[],
  [batch, lines, columns]: readonly (readonly Axis[])[],
  write: OnnxWriter,
): string {
  const sizes = [...batch.map(({ size }) => size), sizeOf(lines), sizeOf(columns)];
  const lies = (...as: readonly (readonly Axis[])[]): boolean =>
    sameLayout(longAxes(axes), longAxes(as.flat()));
  if (lies(batch, lines, columns) || !lies(batch, columns, lines)) {
    return write.reshaped(write.aligned(value, axes, [...batch, ...lines, ...columns]), sizes);
  }
  // The other way round: two dimensions swapped right before a MatMul cost nothing.
  const [last, first] = [sizes.length - 1, sizes.length - 2];
  const swapped = sizes.with(first, sizes[last]).with(last, sizes[first]);
  const order = sizes
    .map((_, i) => i)
    .with(first, last)
    .with(last, first);
  return write.transposed(write.reshaped(value, swapped), order);
}

/**
 * Σ over the named axes of a · b: the matrix product, and everything that is one in disguise.
 *
 * Axes that both operands have and that are not summed are batch axes. The result has the batch
 * axes, then those of a alone, then those of b alone.
 *
 * @param over Axes that both operands have.
 */
export function contract(a: Node, b: Node, ...over: readonly string[]): Node {
  return apply(contractOperation, [a, b], { over });
}

/** Which axis is batch (in both), a row (of a alone) or a column (of b alone). */
function rolesOf(
  a: readonly Axis[],
  b: readonly Axis[],
  over: readonly string[],
): { batch: readonly Axis[]; rows: readonly Axis[]; columns: readonly Axis[] } {
  const within = (axes: readonly Axis[], name: string): boolean =>
    axes.some((axis) => axis.name === name);
  return {
    batch: a.filter(({ name }) => within(b, name) && !over.includes(name)),
    rows: a.filter(({ name }) => !within(b, name)),
    columns: b.filter(({ name }) => !within(a, name)),
  };
}

/** An operand as matrices `[batch, lines, terms]`; read in place where its layout is one of these. */
function asMatrices(
  tensor: HostTensor,
  batch: readonly Axis[],
  lines: readonly Axis[],
  terms: readonly Axis[],
): Matrices {
  const lineCount = sizeOf(lines);
  const termCount = sizeOf(terms);
  if (sameLayout(tensor.axes, [...batch, ...terms, ...lines])) {
    const { data } = tensor;
    return { data, lines: lineCount, terms: termCount, lineStep: 1, termStep: lineCount };
  }
  const data = layOut(tensor, [...batch, ...lines, ...terms]);
  return { data, lines: lineCount, terms: termCount, lineStep: termCount, termStep: 1 };
}
