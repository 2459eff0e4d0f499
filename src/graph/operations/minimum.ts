import { applyBinary, binary, entrywise, NUMBERS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const minimumOperation: Operation<"minimum"> = binary(
  "minimum",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = Math.min(a[i], b[j]);
    }
  },
  {
    // Where both are alike the second takes it all.
    gradient: ([a, b], _, upstream, { less, where }) => {
      const isA = less(a, b);
      return [where(isA, upstream, 0), where(isA, 0, upstream)];
    },
    onnx: entrywise("Min"),
  },
);

/** The smaller of a and b, entry by entry, aligned by name; NaN where either is. */
export function minimum(a: Value, b: Value): Node {
  return applyBinary(minimumOperation, a, b);
}
