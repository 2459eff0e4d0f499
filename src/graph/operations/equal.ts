import { applyBinary, binary, COMPARED, entrywise } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const equalOperation: Operation<"equal"> = binary(
  "equal",
  COMPARED,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] === b[j] ? 1 : 0;
    }
  },
  { gradient: () => [], onnx: entrywise("Equal") },
);

/** Whether a = b, entry by entry, aligned by name; NaN equals nothing. */
export function equal(a: Value, b: Value): Node {
  return applyBinary(equalOperation, a, b);
}
