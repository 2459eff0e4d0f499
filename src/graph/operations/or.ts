import { applyBinary, binary, entrywise, TRUTHS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const orOperation: Operation<"or"> = binary(
  "or",
  TRUTHS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] | b[j];
    }
  },
  { gradient: () => [], onnx: entrywise("Or") },
);

/** Whether a or b or both, entry by entry, aligned by name. */
export function or(a: Value, b: Value): Node {
  return applyBinary(orOperation, a, b);
}
