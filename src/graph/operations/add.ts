import { applyBinary, binary, entrywise, NUMBERS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const addOperation: Operation<"add"> = binary(
  "add",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] + b[j];
    }
  },
  { gradient: (_, __, upstream) => [upstream, upstream], onnx: entrywise("Add") },
);

/** a + b, entry by entry, aligned by name. */
export function add(a: Value, b: Value): Node {
  return applyBinary(addOperation, a, b);
}
