import { tensor } from "../../tensor/hostTensor.ts";
import type { Node, Value } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";
import { constantOfKind } from "./constant.ts";

export const clampOperation: Operation<"clamp"> = {
  name: "clamp",
  entrywise: true,
  shape: ([x], { from, to }) => {
    if (!(from <= to)) {
      throw new RangeError(`clamp: expected from ≤ to, got from ${from} to ${to}.`);
    }
    return { axes: x.axes, kind: commonKind("clamp", [x], ["float"]) };
  },
  evaluate: ([x], { from, to }, target, spare) => {
    const data = arrayFor(target, spare);
    for (let i = 0; i < data.length; i++) data[i] = Math.min(Math.max(x.data[i], from), to);
    return { axes: target.axes, dtype: target.dtype, data };
  },
  // The identity between the bounds, flat on them and beyond.
  gradient: ([x], { attributes: { from, to } }, upstream, write) => {
    const below = to === Infinity ? upstream : write.where(write.less(x, to), upstream, 0);
    return [from === -Infinity ? below : write.where(write.less(from, x), below, 0)];
  },
  onnx: ([x], { attributes: { from, to } }, write) => {
    if (from === 0 && to === Infinity) return write.node("Relu", [x]);
    const bounds = [from, to].map((bound) => write.constant(tensor({}, [bound])));
    return write.node("Clip", [x, ...bounds]);
  },
};

/**
 * Every entry, or the nearest of the bounds where it is beyond them; NaN stays. The gradient is that
 * of the identity between the bounds and 0 on them.
 *
 * @param from The lower bound, or −∞. @param to The upper bound, or ∞.
 */
export function clamp(x: Value, from: number, to: number): Node {
  return apply(clampOperation, [constantOfKind(x, "float")], { from, to });
}
