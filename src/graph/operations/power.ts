import { applyBinary, binary, FLOATS } from "../elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const powerOperation: Operation<"power"> = binary(
  "power",
  FLOATS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = a[i] ** b[j];
    }
  },
);

/** a to the power of b, entry by entry, aligned by name; NaN for a fractional power of a negative. */
export function power(a: Value, b: Value): Node {
  return applyBinary(powerOperation, a, b);
}
