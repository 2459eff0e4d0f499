import { applyUnary, entrywise, FLOATS, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const sqrtOperation: Operation<"sqrt"> = unary(
  "sqrt",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]);
  },
  {
    gradient: (_, output, upstream, { divide, multiply }) => [
      divide(upstream, multiply(output, 2)),
    ],
    onnx: entrywise("Sqrt"),
  },
);

/** The square root, entry by entry; NaN below 0. */
export function sqrt(x: Value): Node {
  return applyUnary(sqrtOperation, x);
}
