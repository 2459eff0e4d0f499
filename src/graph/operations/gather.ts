import type { Axis } from "../../tensor/hostTensor.ts";
import { zeros } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { checkIndices } from "../checkIndices.ts";
import type { Node, Shape, Value } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { alignAxes, around, checkDistinct, checkKind, placeOf } from "../shapes.ts";
import { constantOfKind } from "./constant.ts";

export const gatherOperation: Operation<"gather"> = {
  name: "gather",
  shape: ([x, indices], { axis }) => {
    checkKind("gather", "the indices", indices, "int");
    const place = placeOf("gather", x, axis);
    const rest = x.axes.toSpliced(place, 1);
    alignAxes("gather", { x: { axes: rest, kind: x.kind }, indices });
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
  evaluate: ([x, indices], { axis }, { axes, dtype }) => {
    const { size, inner } = around(x.axes, axis);
    checkIndices("gather", indices.data, axis, size);
    const out = zeros(axes, dtype);
    const own = stridesAlong(axes, x.axes).map((stride, i) => (axes[i].name === axis ? 0 : stride));
    const result = out.data;
    const { data } = x;
    const index = indices.data;
    forEachLine(axes, [own, stridesAlong(axes, indices.axes)], (to, count, from, step) => {
      const [xStep, indexStep] = step;
      const end = to + count;
      for (let i = from[0], j = from[1]; to < end; to++, i += xStep, j += indexStep) {
        result[to] = data[i + index[j] * inner];
      }
    });
    return out;
  },
};

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
