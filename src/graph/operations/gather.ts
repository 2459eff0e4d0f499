import type { Axis, TensorData } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { checkIndices } from "../checkIndices.ts";
import type { Node, Shape, Value } from "../node.ts";
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
};

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
