import { layOut } from "../../tensor/layOut.ts";
import { copyBlocks } from "../kernels/copyBlocks.ts";
import type { Node, Shape } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, around, commonKind, placeOf } from "../shapes.ts";

export const concatOperation: Operation<"concat"> = {
  name: "concat",
  shape: (inputs, { axis }) => {
    if (inputs.length === 0)
      throw new RangeError("concat: expected at least one tensor, got none.");
    let size = 0;
    const others: Record<string, Shape> = {};
    inputs.forEach((input, i) => {
      const place = placeOf("concat", input, axis);
      size += input.axes[place].size;
      // Aligned with the axis at size 1 everywhere: only the other axes have to agree.
      const axes = input.axes.with(place, { name: axis, size: 1 });
      others[`part ${i + 1}`] = { axes, kind: input.kind };
    });
    const axes = alignAxes("concat", others).map((other) =>
      other.name === axis ? { name: axis, size } : other,
    );
    return { axes, kind: commonKind("concat", inputs, ["float", "int", "bool"]) };
  },
  evaluate: (inputs, { axis }, target, spare) => {
    const { axes } = target;
    const { outer, size, inner } = around(axes, axis);
    const out = arrayFor(target, spare);
    let to = 0;
    for (const input of inputs) {
      const own = around(input.axes, axis).size;
      const data = layOut(
        input,
        axes.map((other) => (other.name === axis ? { name: axis, size: own } : other)),
      );
      copyBlocks(out, to, size * inner, data, 0, own * inner, own * inner, outer);
      to += own * inner;
    }
    return { ...target, data: out };
  },
  gradient: (inputs, { attributes: { axis } }, upstream, { slice }) => {
    let to = 0;
    return inputs.map((input) => {
      const from = to;
      to += around(input.axes, axis).size;
      return slice(upstream, axis, from, to);
    });
  },
  onnx: (values, { inputs, axes, attributes: { axis } }, write) => {
    const parts = values.flatMap((value, i) => {
      const size = around(inputs[i].axes, axis).size;
      if (size === 0) return [];
      const own = axes.map((other) => (other.name === axis ? { name: axis, size } : other));
      return write.inFull(value, inputs[i].axes, own);
    });
    if (parts.length === 1) return parts[0];
    return write.node("Concat", parts, { axis: axes.findIndex(({ name }) => name === axis) });
  },
};

/**
 * Tensors one after another along an axis that all of them have; their other axes are aligned by
 * name, and a tensor that lacks one is repeated along it.
 */
export function concat(parts: readonly Node[], axis: string): Node {
  return apply(concatOperation, parts, { axis });
}
