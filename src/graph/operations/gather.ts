import { type Axis, sizeOf, type TensorData } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { checkIndices } from "../checkIndices.ts";
import type { Node, Shape, Value } from "../node.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, around, checkDistinct, checkKind, placeOf } from "../shapes.ts";
import { constantOfKind } from "./constant.ts";

export const gatherOperation: Operation<"gather"> = {
  name: "gather",
  shape: ([x, indices], { axis }) => {
    checkKind("gather", "the indices", indices, "int");
    const place = placeOf("gather", x, axis);
    const rest = x.axes.toSpliced(place, 1);
    alignAxes("gather", { x: { axes: rest }, indices });
    const axes = [
      ...x.axes.slice(0, place),
      ...newAxes(x, indices, axis),
      ...x.axes.slice(place + 1),
    ];
    checkDistinct(
      "gather",
      axes.map(({ name }) => name),
    );
    return { axes, kind: x.kind };
  },
  evaluate: ([x, indices], { axis }, target, spare) => {
    const { axes, dtype } = target;
    const { size, inner } = around(x.axes, axis);
    checkIndices("gather", indices.data, axis, size);
    const data = arrayFor(target, spare);
    // An axis of the indices may be called like the one they pick from, but is not that one.
    const own = stridesAlong(axes, x.axes).map((stride, i) => (axes[i].name === axis ? 0 : stride));
    const strides = [stridesAlong(axes, axes), own, stridesAlong(axes, indices.axes)];
    forEachLine(axes, strides, (count, from, step) => {
      pickLine(count, from, step, data, x.data, indices.data, inner);
    });
    return { axes, dtype, data };
  },
  gradient: ([x, indices], { attributes: { axis } }, upstream, { scatterAdd }) => {
    const own = newAxes(x, indices, axis);
    const batch = indices.axes.filter((each) => !own.includes(each)).map(({ name }) => name);
    return [scatterAdd(upstream, axis, indices, around(x.axes, axis).size, { batch })];
  },
  onnx: ([x, at], { inputs: [from, indices], axes, attributes: { axis } }, write) => {
    const batch = indices.axes.filter((own) => !newAxes(from, indices, axis).includes(own));
    if (batch.length === 0) {
      return write.node("Gather", [x, at], { axis: placeOf("gather", from, axis) });
    }
    return gatherFromBatch([x, at], [from, indices], axes, batch, axis, write);
  },
};

/** Batch entries one after another along one axis, and indices that count along all of it. */
function gatherFromBatch(
  [x, at]: readonly string[],
  [from, indices]: readonly Shape[],
  axes: readonly Axis[],
  batch: readonly Axis[],
  axis: string,
  write: OnnxWriter,
): string {
  const along = from.axes[placeOf("gather", from, axis)];
  const isBatch = ({ name }: Axis): boolean => batch.some((own) => own.name === name);
  const rest = from.axes.filter((own) => own !== along && !isBatch(own));
  const picks = indices.axes.filter((own) => !isBatch(own));
  const lines = write.aligned(x, from.axes, [...batch, along, ...rest]);
  const sizes = rest.map(({ size }) => size);
  const table = write.reshaped(lines, [sizeOf(batch) * along.size, ...sizes]);
  const starts = Int32Array.from({ length: sizeOf(batch) }, (_, entry) => entry * along.size);
  const first = write.constant({ axes: batch, dtype: "int32", data: starts });
  const order = [...batch, ...picks];
  const own = write.inFull(at, indices.axes, order);
  const flat = write.node("Add", [own, write.aligned(first, batch, order)]);
  const picked = write.node("Gather", [table, flat], { axis: 0 });
  return write.aligned(picked, [...order, ...rest], axes);
}

function pickLine(
  count: number,
  from: Int32Array,
  step: readonly number[],
  out: TensorData,
  x: TensorData,
  indices: TensorData,
  inner: number,
): void {
  let [to, i, j] = from;
  const [toStep, xStep, indexStep] = step;
  for (let n = 0; n < count; n++, to += toStep, i += xStep, j += indexStep) {
    out[to] = x[i + indices[j] * inner];
  }
}

/** The axes of the indices that take the place of `axis`: those that `x` does not share. */
function newAxes(x: Shape, indices: Shape, axis: string): readonly Axis[] {
  return indices.axes.filter(
    ({ name }) => name === axis || !x.axes.some((own) => own.name === name),
  );
}

/**
 * Pick entries along one axis: `result[…, clicks, …] = x[…, indices[clicks], …]`.
 *
 * The axes of the indices take the place of `axis`. Axes that the indices share with `x` (other
 * than `axis` itself) are batch axes: each batch entry has its own indices.
 *
 * @param indices Ints from 0 to the size of `axis`, exclusive; checked when the graph is run.
 */
export function gather(x: Node, axis: string, indices: Value): Node {
  return apply(gatherOperation, [x, constantOfKind(indices, "int")], { axis });
}
