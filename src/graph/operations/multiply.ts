import { applyBinary, binary, entrywise, NUMBERS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const multiplyOperation: Operation<"multiply"> = binary(
  "multiply",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] * b[j];
    }
  },
  {
    gradient: ([a, b], _, upstream, { multiply }) => [multiply(upstream, b), multiply(upstream, a)],
    onnx: entrywise("Mul"),
  },
);

/** a · b, entry by entry, aligned by name. */
export function multiply(a: Value, b: Value): Node {
  return applyBinary(multiplyOperation, a, b);
}
