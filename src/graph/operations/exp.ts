import { applyUnary, entrywise, FLOATS, unary } from "../kernels/elementwise.ts";
import { exponential } from "../kernels/exponential.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const expOperation: Operation<"exp"> = unary(
  "exp",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = exponential(x[i]);
  },
  {
    gradient: (_, output, upstream, { multiply }) => [multiply(upstream, output)],
    onnx: entrywise("Exp"),
  },
);

/** eˣ, entry by entry. */
export function exp(x: Value): Node {
  return applyUnary(expOperation, x);
}
