import { applyUnary, entrywise, FLOATS, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const tanhOperation: Operation<"tanh"> = unary(
  "tanh",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]);
  },
  {
    gradient: (_, output, upstream, { multiply, subtract }) => [
      multiply(upstream, subtract(1, multiply(output, output))),
    ],
    onnx: entrywise("Tanh"),
  },
);

/** The hyperbolic tangent, entry by entry. */
export function tanh(x: Value): Node {
  return applyUnary(tanhOperation, x);
}
