import { applyUnary, entrywise, NUMBERS, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const absOperation: Operation<"abs"> = unary(
  "abs",
  NUMBERS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]);
  },
  {
    // At 0 that of the right.
    gradient: ([x], _, upstream, { less, negate, where }) => [
      where(less(x, 0), negate(upstream), upstream),
    ],
    onnx: entrywise("Abs"),
  },
);

/** |x|, entry by entry. */
export function abs(x: Value): Node {
  return applyUnary(absOperation, x);
}
