import { applyUnary, entrywise, FLOATS, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const logOperation: Operation<"log"> = unary(
  "log",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.log(x[i]);
  },
  { gradient: ([x], _, upstream, { divide }) => [divide(upstream, x)], onnx: entrywise("Log") },
);

/** The natural logarithm, entry by entry; −∞ at 0, NaN below. */
export function log(x: Value): Node {
  return applyUnary(logOperation, x);
}
