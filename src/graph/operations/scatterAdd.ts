import {
  type Axis,
  describeAxes,
  ShapeError,
  sizeOf,
  type TensorData,
} from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { checkIndices } from "../checkIndices.ts";
import type { Node, Value } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, around, checkDistinct, checkKind, commonKind, placeOf } from "../shapes.ts";
import { constantOfKind, numberOfKind } from "./constant.ts";

export const scatterAddOperation: Operation<"scatterAdd"> = {
  name: "scatterAdd",
  shape: ([x, indices], { axis, size, batch }) => {
    checkKind("scatterAdd", "the indices", indices, "int");
    const kind = commonKind("scatterAdd", [x], ["float", "int"]);
    alignAxes("scatterAdd", { x, indices });
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(`scatterAdd: expected a whole size of at least 0, got ${size}.`);
    }
    for (const name of [...indices.axes.map((own) => own.name), ...batch]) {
      for (const [role, { axes }] of Object.entries({ x, indices })) {
        if (axes.some((own) => own.name === name)) continue;
        throw new ShapeError(
          `scatterAdd: expected an axis "${name}" in ${role}, got ${describeAxes(axes)}.`,
        );
      }
    }
    const replaced = indices.axes.filter(({ name }) => !batch.includes(name));
    const names = replaced.map(({ name }) => name);
    const place = x.axes.findIndex(({ name }) => names.includes(name));
    const target: Axis = { name: axis, size };
    const axes: Axis[] = [];
    if (place === -1) axes.push(target);
    x.axes.forEach((own, i) => {
      if (i === place) axes.push(target);
      if (!names.includes(own.name)) axes.push(own);
    });
    checkDistinct(
      "scatterAdd",
      axes.map(({ name }) => name),
    );
    return { axes, kind };
  },
  evaluate: ([x, indices], { axis, size, batch }, target, spare) => {
    const { axes, dtype } = target;
    checkIndices("scatterAdd", indices.data, axis, size);
    const { inner } = around(axes, axis);
    // The axis to fill may be called like the one it replaces: its place is what the index says.
    const replaced = indices.axes.filter(({ name }) => !batch.includes(name));
    const own = stridesAlong(x.axes, axes).map((stride, i) =>
      replaced.some(({ name }) => name === x.axes[i].name) ? 0 : stride,
    );
    const totals = new Float64Array(sizeOf(axes));
    const strides = [own, stridesAlong(x.axes, x.axes), stridesAlong(x.axes, indices.axes)];
    forEachLine(x.axes, strides, (count, from, step) => {
      addLine(count, from, step, totals, x.data, indices.data, inner);
    });
    const data = arrayFor(target, spare);
    data.set(totals);
    return { axes, dtype, data };
  },
  gradient: ([, indices], { attributes: { axis } }, upstream, { gather }) => [
    gather(upstream, axis, indices),
  ],
  onnx: ([x, at], { inputs: [from, indices], axes, kind, attributes }, write) => {
    const { axis, batch } = attributes;
    const zeros = write.inFull(write.constant(numberOfKind(0, kind)), [], axes);
    if (sizeOf(from.axes) === 0) return zeros;
    const isReplaced = ({ name }: Axis): boolean =>
      !batch.includes(name) && indices.axes.some((own) => own.name === name);
    const replaced = from.axes.filter(isReplaced);
    // The replaced axes as one, where the axis to fill stands in the result.
    const rest = (own: Axis): readonly Axis[] => (own.name === axis ? replaced : [own]);
    const order = axes.flatMap(rest);
    const sizes = axes.map((own) => sizeOf(rest(own)));
    const [updates, places] = [
      write.inFull(x, from.axes, order),
      write.inFull(at, indices.axes, order),
    ].map((value) => write.reshaped(value, sizes));
    const attributesOnnx = { axis: placeOf("scatterAdd", { axes }, axis), reduction: "add" };
    return write.node("ScatterElements", [zeros, places, updates], attributesOnnx);
  },
};

function addLine(
  count: number,
  from: Int32Array,
  step: readonly number[],
  totals: Float64Array,
  x: TensorData,
  indices: TensorData,
  inner: number,
): void {
  let [to, i, j] = from;
  const [toStep, xStep, indexStep] = step;
  for (let n = 0; n < count; n++, to += toStep, i += xStep, j += indexStep) {
    totals[to + indices[j] * inner] += x[i];
  }
}

/**
 * Add entries up where indices point, the adjoint of `gather`:
 * `result[…, k, …] = Σ x[…, clicks, …]` over the clicks with `indices[clicks] = k`.
 *
 * @param x       Has every axis of the indices; `axis` stands where the first of them stood (in
 *                front, for a single index).
 * @param axis    The axis to fill; it takes the place of those of the indices.
 * @param indices Ints from 0 to `size`, exclusive; checked when the graph is run.
 * @param size    The size of `axis`.
 * @param options `batch`: axes of the indices that stay, each batch entry with its own indices.
 */
export function scatterAdd(
  x: Node,
  axis: string,
  indices: Value,
  size: number,
  { batch = [] }: { readonly batch?: readonly string[] } = {},
): Node {
  return apply(scatterAddOperation, [x, constantOfKind(indices, "int")], { axis, size, batch });
}
