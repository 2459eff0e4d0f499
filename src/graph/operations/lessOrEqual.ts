import { applyBinary, binary, COMPARED, entrywise } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const lessOrEqualOperation: Operation<"lessOrEqual"> = binary(
  "lessOrEqual",
  COMPARED,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] <= b[j] ? 1 : 0;
    }
  },
  { gradient: () => [], onnx: entrywise("LessOrEqual") },
);

/** Whether a ≤ b, entry by entry, aligned by name; never where either is NaN. */
export function lessOrEqual(a: Value, b: Value): Node {
  return applyBinary(lessOrEqualOperation, a, b);
}
