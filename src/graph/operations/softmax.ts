import { layOut } from "../../tensor/layOut.ts";
import { normalisedShape, softmaxLines } from "../kernels/softmaxLines.ts";
import type { Node } from "../node.ts";
import { allowedLogits, exponentials, largestAlong, number } from "../onnx/maskedOnnx.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { around, placeOf } from "../shapes.ts";
import { softmaxGradient } from "../softmaxGradient.ts";

export const softmaxOperation: Operation<"softmax"> = {
  name: "softmax",
  shape: (inputs, { axis }) => normalisedShape("softmax", inputs, axis),
  evaluate: ([x, allowed], { axis }, target, spare) => {
    const { axes } = target;
    const out = arrayFor(target, spare);
    const mask = allowed === undefined ? undefined : layOut(allowed, axes);
    softmaxLines(out, layOut(x, axes), mask, around(axes, axis));
    return { ...target, data: out };
  },
  entrywise: true,
  gradient: (_, output, upstream, write) => [
    softmaxGradient(output, upstream, output.attributes.axis, write),
  ],
  onnx: (values, { inputs, axes, attributes: { axis } }, write) => {
    const place = placeOf("softmax", { axes }, axis);
    const logits = allowedLogits(values, inputs, axes, write);
    if (axes.slice(place + 1).some(({ size }) => size > 1)) {
      // ONNX Runtime's kernel would transpose, and transpose back.
      const { terms, total } = exponentials(logits, place, write);
      return write.node("Div", [terms, write.node("Max", [total, number(1, write)])]);
    }
    const shares = write.node("Softmax", [logits], { axis: place });
    // Products of matrices hold no −∞, and in attention every pass over them counts.
    if (inputs.length === 1 && inputs[0].operation === "contract") return shares;
    // A line of −∞ alone comes out as NaN where we want 0.
    const largest = largestAlong(logits, place, write);
    const isEmpty = write.node("Equal", [largest, number(-Infinity, write)]);
    return write.node("Where", [isEmpty, number(0, write), shares]);
  },
};

/**
 * Shares of e^x along one axis, that sum to one: `e^x[k] / Σ_j e^x[j]`.
 *
 * Over the allowed entries only; all others get exactly 0, and a row without an allowed entry (or
 * with −∞ in all of them) is all 0. The largest allowed entry is subtracted first, so no logits
 * are too large. Of logits that come straight from `contract`, which holds no −∞ unless it is given an
 * infinity, a device may make NaN in such a row: what is not allowed is to be said by `allowed`.
 *
 * @param allowed Bools, aligned by name. @default all
 */
export function softmax(x: Node, axis: string, allowed?: Node): Node {
  return apply(softmaxOperation, allowed === undefined ? [x] : [x, allowed], { axis });
}
