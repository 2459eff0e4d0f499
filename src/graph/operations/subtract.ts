import { applyBinary, binary, entrywise, NUMBERS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const subtractOperation: Operation<"subtract"> = binary(
  "subtract",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] - b[j];
    }
  },
  {
    gradient: (_, __, upstream, { negate }) => [upstream, negate(upstream)],
    onnx: entrywise("Sub"),
  },
);

/** a − b, entry by entry, aligned by name. */
export function subtract(a: Value, b: Value): Node {
  return applyBinary(subtractOperation, a, b);
}
