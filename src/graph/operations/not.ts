import { applyUnary, entrywise, TRUTHS, unary } from "../kernels/elementwise.ts";
import type { Node } from "../node.ts";
import type { Operation } from "../operation.ts";

export const notOperation: Operation<"not"> = unary(
  "not",
  TRUTHS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = 1 - x[i];
  },
  { gradient: () => [], onnx: entrywise("Not") },
);

/** Whether not x, entry by entry. */
export function not(x: Node): Node {
  return applyUnary(notOperation, x);
}
