import { copyBlocks } from "../kernels/copyBlocks.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { around, placeOf } from "../shapes.ts";

export const sliceOperation: Operation<"slice"> = {
  name: "slice",
  shape: ([x], { axis, from, to }) => {
    const place = placeOf("slice", x, axis);
    const { size } = x.axes[place];
    if (
      !(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= size)
    ) {
      throw new RangeError(
        `slice: expected 0 ≤ from ≤ to ≤ ${size} along axis "${axis}", got from ${from} to ${to}.`,
      );
    }
    return { axes: x.axes.with(place, { name: axis, size: to - from }), kind: x.kind };
  },
  evaluate: ([x], { axis, from, to }, target, spare) => {
    const { outer, size, inner } = around(x.axes, axis);
    const out = arrayFor(target, spare);
    const count = (to - from) * inner;
    copyBlocks(out, 0, count, x.data, from * inner, size * inner, count, outer);
    return { ...target, data: out };
  },
  gradient: ([x], { attributes: { axis, from, to } }, upstream, { pad }) => [
    pad(upstream, axis, from, around(x.axes, axis).size - to),
  ],
  onnx: ([x], { inputs, attributes: { axis, from, to } }, write) => {
    const place = inputs[0].axes.findIndex(({ name }) => name === axis);
    if (from === 0 && to === inputs[0].axes[place].size) return x;
    const [start, end, along] = [from, to, place].map((value) => write.integers([value]));
    return write.node("Slice", [x, start, end, along]);
  },
};

/** The part of a tensor from `from` (inclusive) to `to` (exclusive) along one axis. */
export function slice(x: Node, axis: string, from: number, to: number): Node {
  return apply(sliceOperation, [x], { axis, from, to });
}
