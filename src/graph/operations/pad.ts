import { copyBlocks } from "../kernels/copyBlocks.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { around, placeOf } from "../shapes.ts";
import { numberOfKind } from "./constant.ts";

export const padOperation: Operation<"pad"> = {
  name: "pad",
  shape: ([x], { axis, before, after }) => {
    const place = placeOf("pad", x, axis);
    if (!(Number.isInteger(before) && Number.isInteger(after) && before >= 0 && after >= 0)) {
      throw new RangeError(
        `pad: expected whole widths of at least 0 along axis "${axis}", ` +
          `got ${before} before and ${after} after. To cut entries off, use slice().`,
      );
    }
    const size = before + x.axes[place].size + after;
    return { axes: x.axes.with(place, { name: axis, size }), kind: x.kind };
  },
  evaluate: ([x], { axis, before, after, value }, target, spare) => {
    const { outer, size, inner } = around(x.axes, axis);
    const out = arrayFor(target, spare);
    out.fill(value);
    const padded = (before + size + after) * inner;
    copyBlocks(out, before * inner, padded, x.data, 0, size * inner, size * inner, outer);
    return { ...target, data: out };
  },
  gradient: ([x], { attributes: { axis, before } }, upstream, { slice }) => [
    slice(upstream, axis, before, before + around(x.axes, axis).size),
  ],
  onnx: ([x], { axes, kind, attributes }, write) => {
    const { axis, before, after, value } = attributes;
    if (before === 0 && after === 0) return x;
    const widths = (width: number): number[] => axes.map(({ name }) => (name === axis ? width : 0));
    const filling = write.constant(numberOfKind(value, kind));
    return write.node("Pad", [x, write.integers([...widths(before), ...widths(after)]), filling]);
  },
};

/**
 * The tensor with entries added before and after it along one axis.
 *
 * @param before How many entries to add in front.
 * @param after  How many entries to add behind.
 * @param value  What they hold. @default 0
 */
export function pad(x: Node, axis: string, before: number, after: number, value = 0): Node {
  return apply(padOperation, [x], { axis, before, after, value });
}
