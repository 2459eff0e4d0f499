import { applyUnary, entrywise, NUMBERS, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const negateOperation: Operation<"negate"> = unary(
  "negate",
  NUMBERS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = -x[i];
  },
  { gradient: (_, __, upstream, { negate }) => [negate(upstream)], onnx: entrywise("Neg") },
);

/** −x, entry by entry. */
export function negate(x: Value): Node {
  return applyUnary(negateOperation, x);
}
