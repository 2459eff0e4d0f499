import { axesOf, describeAxes, ShapeError, type Sizes, sizeOf } from "../../tensor/hostTensor.ts";
import type { Node } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { checkDistinct, placeOf } from "../shapes.ts";

export const splitOperation: Operation<"split"> = {
  name: "split",
  shape: ([x], { axis, into }) => {
    const place = placeOf("split", x, axis);
    const { size } = x.axes[place];
    if (sizeOf(into) !== size) {
      throw new ShapeError(
        `split: expected sizes that multiply to ${size}, the size of axis "${axis}", ` +
          `got ${describeAxes(into)}, which is ${sizeOf(into)}.`,
      );
    }
    const axes = [...x.axes.slice(0, place), ...into, ...x.axes.slice(place + 1)];
    checkDistinct(
      "split",
      axes.map(({ name }) => name),
    );
    return { axes, kind: x.kind };
  },
  evaluate: ([{ data }], _, { axes, dtype }) => ({ axes, dtype, data }),
  gradient: (_, { attributes: { axis, into } }, upstream, { merge }) => {
    const names = into.map(({ name }) => name);
    return [merge(upstream, names, axis)];
  },
  onnx: ([x], { axes }, write) =>
    write.reshaped(
      x,
      axes.map(({ size }) => size),
    ),
};

/**
 * Read one axis as several, the last of them running fastest:
 * `split(x, "tokens", { height: 4, width: 5 })`.
 */
export function split(x: Node, axis: string, into: Sizes): Node {
  return apply(splitOperation, [x], { axis, into: axesOf("split", into) });
}
