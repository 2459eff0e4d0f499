import { sizeOf } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import { logSumExpLines, normalisedShape } from "../kernels/softmaxLines.ts";
import type { Node } from "../node.ts";
import { allowedLogits, exponentials, number } from "../onnx/maskedOnnx.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, around, placeOf } from "../shapes.ts";

export const logSumExpOperation: Operation<"logSumExp"> = {
  name: "logSumExp",
  shape: (inputs, { axis }) => {
    const { axes, kind } = normalisedShape("logSumExp", inputs, axis);
    return { axes: axes.filter(({ name }) => name !== axis), kind };
  },
  evaluate: ([x, allowed], { axis }, target, spare) => {
    const kind = "float";
    const from = {
      x: { axes: x.axes, kind },
      allowed: { axes: allowed?.axes ?? [], kind },
    } as const;
    const full = alignAxes("logSumExp", from);
    const data = arrayFor(target, spare);
    const mask = allowed === undefined ? undefined : layOut(allowed, full);
    logSumExpLines(data, layOut(x, full), mask, around(full, axis));
    return { axes: target.axes, dtype: target.dtype, data };
  },
  entrywise: true,
  gradient: ([x, allowed], { attributes: { axis } }, upstream, { multiply, softmax }) => [
    multiply(upstream, softmax(x, axis, allowed)),
  ],
  onnx: (values, { inputs, axes, attributes: { axis } }, write) => {
    const [x, allowed = x] = inputs;
    const full = alignAxes("logSumExp", { x, allowed });
    if (sizeOf(full) === 0) return write.inFull(number(-Infinity, write), [], axes);
    const place = placeOf("logSumExp", { axes: full }, axis);
    const logits = allowedLogits(values, inputs, full, write);
    const { total, shift } = exponentials(logits, place, write);
    const sizes = axes.map(({ size }) => size);
    return write.reshaped(write.node("Add", [write.node("Log", [total]), shift]), sizes);
  },
};

/**
 * `log Σ_k e^x[k]` along one axis, which is gone from the result.
 *
 * Over the allowed entries only; −∞ for a row without any. The largest allowed entry is subtracted
 * first, so no logits are too large.
 *
 * @param allowed Bools, aligned by name. @default all
 */
export function logSumExp(x: Node, axis: string, allowed?: Node): Node {
  return apply(logSumExpOperation, allowed === undefined ? [x] : [x, allowed], { axis });
}
