import { type Axis, type HostTensor, ShapeError, sizeOf } from "../../tensor/hostTensor.ts";
import { layOut, sameLayout } from "../../tensor/layOut.ts";
import { type Matrices, multiplyMatrices } from "../matrixProduct.ts";
import type { Node } from "../node.ts";
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
};

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
