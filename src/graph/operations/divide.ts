import { applyBinary, binary, entrywise, FLOATS } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const divideOperation: Operation<"divide"> = binary(
  "divide",
  FLOATS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] / b[j];
    }
  },
  {
    gradient: ([, b], output, upstream, { divide, multiply, negate }) => {
      const ofA = divide(upstream, b);
      return [ofA, negate(multiply(ofA, output))];
    },
    onnx: entrywise("Div"),
  },
);

/** a / b, entry by entry, aligned by name. */
export function divide(a: Value, b: Value): Node {
  return applyBinary(divideOperation, a, b);
}
