import { applyUnary, entrywise, FLOATS, unary } from "../kernels/elementwise.ts";
import { exponential } from "../kernels/exponential.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const sigmoidOperation: Operation<"sigmoid"> = unary(
  "sigmoid",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) {
      // No exponent is positive: exact far out on both sides.
      const decay = exponential(-Math.abs(x[i]));
      out[i] = (x[i] < 0 ? decay : 1) / (1 + decay);
    }
  },
  {
    gradient: (_, output, upstream, { multiply, subtract }) => [
      multiply(upstream, multiply(output, subtract(1, output))),
    ],
    onnx: entrywise("Sigmoid"),
  },
);

/** 1 / (1 + e⁻ˣ), entry by entry. */
export function sigmoid(x: Value): Node {
  return applyUnary(sigmoidOperation, x);
}
