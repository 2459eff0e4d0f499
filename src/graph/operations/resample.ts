import { bindAxes } from "../../tensor/bindAxes.ts";
import {
  describeAxes,
  type HostTensor,
  ShapeError,
  type TensorData,
} from "../../tensor/hostTensor.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { around, commonKind, placeOf } from "../shapes.ts";

export const resampleOperation: Operation<"resample"> = {
  name: "resample",
  shape: ([x], { axis, weights, adjoint }) => {
    const kind = commonKind("resample", [x], ["float"]);
    const place = placeOf("resample", x, axis);
    const sizes = bindAxes("resample", { weights }, { weights: ["to", "from"] });
    const [to, from] = adjoint ? [sizes.from, sizes.to] : [sizes.to, sizes.from];
    if (weights.axes.length > 2 || weights.axes[0].name !== "to" || x.axes[place].size !== from) {
      throw new ShapeError(
        `resample: expected weights [to, from] for ${from} entries along axis "${axis}", ` +
          `got ${describeAxes(weights.axes)} and ${describeAxes(x.axes)}.`,
      );
    }
    return { axes: x.axes.with(place, { name: axis, size: to }), kind };
  },
  evaluate: ([x], { axis, weights, adjoint }, target, spare) => {
    const { outer, size: to, inner } = around(target.axes, axis);
    const from = around(x.axes, axis).size;
    const rows = sparseRows(weights.data, to, from, adjoint);
    const data = arrayFor(target, spare);
    const totals = new Float64Array(inner);
    for (let o = 0; o < outer; o++) {
      for (let row = 0; row < to; row++) {
        addRow(totals, x.data, o * from * inner, rows[row]);
        data.set(totals, (o * to + row) * inner);
      }
    }
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: (_, { attributes: { axis, weights, adjoint } }, upstream, write) => [
    write.resample(upstream, axis, weights, { adjoint: !adjoint }),
  ],
  onnx: ([x], { attributes: { axis, weights, adjoint }, inputs, axes }, write) => {
    const { outer, inner } = around(axes, axis);
    const from = around(inputs[0].axes, axis).size;
    const matrix = write.constant(weights);
    const sizes = axes.map(({ size }) => size);
    // Read as [outer, from, inner], or as plain lines where the axis is the last: nothing moves.
    if (inner === 1) {
      const lines = write.reshaped(x, [outer, from]);
      const turned = adjoint ? matrix : write.transposed(matrix, [1, 0]);
      return write.reshaped(write.node("MatMul", [lines, turned]), sizes);
    }
    const planes = write.reshaped(x, [outer, from, inner]);
    const turned = adjoint ? write.transposed(matrix, [1, 0]) : matrix;
    return write.reshaped(write.node("MatMul", [turned, planes]), sizes);
  },
};

/** The entries of a matrix row that are not 0: most of an interpolation's are. */
interface SparseRow {
  readonly at: readonly number[];
  readonly weight: readonly number[];
}

function sparseRows(
  weights: TensorData,
  to: number,
  from: number,
  adjoint: boolean,
): readonly SparseRow[] {
  return Array.from({ length: to }, (_, row) => {
    const at: number[] = [];
    const weight: number[] = [];
    for (let k = 0; k < from; k++) {
      const value = adjoint ? weights[k * to + row] : weights[row * from + k];
      if (value === 0) continue;
      at.push(k);
      weight.push(value);
    }
    return { at, weight };
  });
}

function addRow(totals: Float64Array, data: TensorData, from: number, row: SparseRow): void {
  const inner = totals.length;
  totals.fill(0);
  for (let n = 0; n < row.at.length; n++) {
    const first = from + row.at[n] * inner;
    const weight = row.weight[n];
    for (let i = 0; i < inner; i++) totals[i] += data[first + i] * weight;
  }
}

/**
 * Every entry along one axis as a weighted sum of those that were there:
 * `out[…, t, …] = Σ_f weights[t, f] · x[…, f, …]`. Interpolations and averages are of this form.
 *
 * @param weights `[to, from]`, known numbers; the axis of x has the size of `from`, that of the
 *                result the size of `to`. Weights that are 0 leave their entry out.
 * @param options `adjoint`: take the weights the other way, from `to` to `from`.
 * @throws {ShapeError} When the weights are for another size.
 */
export function resample(
  x: Node,
  axis: string,
  weights: HostTensor,
  { adjoint = false }: { readonly adjoint?: boolean } = {},
): Node {
  return apply(resampleOperation, [x], { axis, weights, adjoint });
}
