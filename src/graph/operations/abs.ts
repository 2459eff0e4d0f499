import { applyUnary, NUMBERS, unary } from "../elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const absOperation: Operation<"abs"> = unary("abs", NUMBERS, (out, x) => {
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]);
});

/** |x|, entry by entry. */
export function abs(x: Value): Node {
  return applyUnary(absOperation, x);
}
