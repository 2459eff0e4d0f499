import { applyBinary, binary, FLOATS, operandsOf } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const powerOperation: Operation<"power"> = binary(
  "power",
  FLOATS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] ** b[j];
    }
  },
  {
    gradient: (
      [a, b],
      output,
      upstream,
      { equal, power, multiply, subtract, log, less, where },
    ) => [
      // a⁰ is flat, also at 0, where its slope would be 0 · ∞.
      multiply(upstream, multiply(b, power(where(equal(b, 0), 1, a), subtract(b, 1)))),
      // 0 to any power above 0 stays 0, and log 0 is never asked for.
      multiply(upstream, multiply(output, log(where(less(0, a), a, 1)))),
    ],
    onnx: (inputs, output, write) => {
      if (write.kernels === "cpu") return write.node("Pow", operandsOf(inputs, output, write));
      // The WebGPU kernel fails on some operands that it has to repeat itself (ONNX Runtime 1.30).
      const full = inputs.map((x, i) => write.inFull(x, output.inputs[i].axes, output.axes));
      return write.node("Pow", full);
    },
  },
);

/**
 * a to the power of b, entry by entry, aligned by name; NaN for a fractional power of a negative.
 *
 * Of 1 to a power that is not finite the interpreter makes NaN, as JavaScript does; devices make 1.
 */
export function power(a: Value, b: Value): Node {
  return applyBinary(powerOperation, a, b);
}
