import { applyBinary, binary, entrywise, TRUTHS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const andOperation: Operation<"and"> = binary(
  "and",
  TRUTHS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] & b[j];
    }
  },
  { gradient: () => [], onnx: entrywise("And") },
);

/** Whether both a and b, entry by entry, aligned by name. */
export function and(a: Value, b: Value): Node {
  return applyBinary(andOperation, a, b);
}
