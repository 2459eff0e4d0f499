import { applyBinary, binary, NUMBERS } from "../elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const maximumOperation: Operation<"maximum"> = binary(
  "maximum",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = Math.max(a[i], b[j]);
    }
  },
  {
    // Where both are alike the second takes it all, so that max(x, 0) is flat at 0.
    gradient: ([a, b], _, upstream, { less, where }) => {
      const isA = less(b, a);
      return [where(isA, upstream, 0), where(isA, 0, upstream)];
    },
  },
);

/** The larger of a and b, entry by entry, aligned by name; NaN where either is. */
export function maximum(a: Value, b: Value): Node {
  return applyBinary(maximumOperation, a, b);
}
