import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { type ReduceLoop, reduce, reducedShape } from "../reduce.ts";

export const sumOperation: Operation<"sum"> = {
  name: "sum",
  shape: ([x], { over }) => reducedShape("sum", x, over),
  evaluate: ([x], { over }, target) => reduce(x, over, target, addUp),
};

const addUp: ReduceLoop = (out, data, outer, size, inner) => {
  if (inner === 1) {
    for (let o = 0, from = 0; o < outer; o++, from += size) {
      let total = 0;
      for (let k = 0; k < size; k++) total = total + data[from + k];
      out[o] = total;
    }
    return;
  }
  const totals = new Float64Array(inner);
  for (let o = 0, from = 0; o < outer; o++) {
    totals.fill(0);
    for (let k = 0; k < size; k++, from += inner) {
      for (let i = 0; i < inner; i++) totals[i] = totals[i] + data[from + i];
    }
    out.set(totals, o * inner);
  }
};

/** Σ over the named axes, which are gone from the result; 0 over none at all. */
export function sum(x: Node, ...over: readonly string[]): NodeOf<"sum"> {
  return apply(sumOperation, [x], { over });
}
