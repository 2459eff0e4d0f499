import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { type ReduceLoop, reduce, reducedShape } from "../reduce.ts";

export const largestOperation: Operation<"largest"> = {
  name: "largest",
  shape: ([x], { over }) => {
    const result = reducedShape("largest", x, over);
    const isEmpty = x.axes.some(({ name, size }) => over.includes(name) && size === 0);
    if (result.kind === "int" && isEmpty) {
      throw new RangeError(
        "largest: expected at least one whole number, got none. Nothing that 32 bits hold is less than every other.",
      );
    }
    return result;
  },
  evaluate: ([x], { over }, target) => reduce(x, over, target, takeLargest),
};

const takeLargest: ReduceLoop = (out, data, outer, size, inner) => {
  if (inner === 1) {
    for (let o = 0, from = 0; o < outer; o++, from += size) {
      let total = -Infinity;
      for (let k = 0; k < size; k++) total = Math.max(total, data[from + k]);
      out[o] = total;
    }
    return;
  }
  const totals = new Float64Array(inner);
  for (let o = 0, from = 0; o < outer; o++) {
    totals.fill(-Infinity);
    for (let k = 0; k < size; k++, from += inner) {
      for (let i = 0; i < inner; i++) totals[i] = Math.max(totals[i], data[from + i]);
    }
    out.set(totals, o * inner);
  }
};

/** The largest entry over the named axes, which are gone from the result; −∞ over none at all, NaN where one is. */
export function largest(x: Node, ...over: readonly string[]): NodeOf<"largest"> {
  return apply(largestOperation, [x], { over });
}
