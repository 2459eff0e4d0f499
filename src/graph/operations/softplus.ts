import { applyUnary, FLOATS, unary } from "../kernels/elementwise.ts";
import { exponential } from "../kernels/exponential.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const softplusOperation: Operation<"softplus"> = unary(
  "softplus",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) {
      // log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|): no exponent is positive.
      out[i] = Math.max(x[i], 0) + Math.log1p(exponential(-Math.abs(x[i])));
    }
  },
  {
    gradient: ([x], _, upstream, { multiply, sigmoid }) => [multiply(upstream, sigmoid(x))],
    onnx: ([x], _, write) => write.node("Softplus", [x]),
  },
);

/** log(1 + eˣ), entry by entry: a smooth `relu`. Its slope is the sigmoid. */
export function softplus(x: Value): Node {
  return applyUnary(softplusOperation, x);
}
