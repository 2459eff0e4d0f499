import type { TensorData } from "../../tensor/hostTensor.ts";
import { type ReduceLoop, reduce, reducedShape } from "../kernels/reduce.ts";
import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { placesOf } from "../shapes.ts";

export const sumOperation: Operation<"sum"> = {
  name: "sum",
  shape: ([x], { over }) => reducedShape("sum", x, over),
  evaluate: ([x], { over }, target, spare) => reduce(x, over, target, addUp, spare),
  entrywise: true,
  gradient: (_, __, upstream) => [upstream],
  onnx: ([x], { inputs, attributes: { over } }, write) => {
    if (over.length === 0) return x;
    const places = write.integers(placesOf(inputs[0].axes, over));
    return write.node("ReduceSum", [x, places], { keepdims: 0 });
  },
};

const addUp: ReduceLoop = (out, data, outer, size, inner) => {
  if (inner === 1) {
    for (let o = 0, from = 0; o < outer; o++, from += size) out[o] = sumOfRow(data, from, size);
    return;
  }
  const totals = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    addRows(totals, data, o * size * inner, size);
    out.set(totals, o * inner);
  }
};

/** Two totals side by side: one addition need not wait for the other. */
function sumOfRow(data: TensorData, from: number, size: number): number {
  const end = from + size;
  let even = 0;
  let odd = 0;
  let i = from;
  for (; i + 2 <= end; i += 2) {
    even += data[i];
    odd += data[i + 1];
  }
  return i < end ? even + data[i] + odd : even + odd;
}

/** Add `count` rows as long as `totals` to it, four at a time while there are four. */
function addRows(totals: Float64Array, data: TensorData, from: number, count: number): void {
  const length = totals.length;
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const first = from + row * length;
    const second = first + length;
    const third = second + length;
    const fourth = third + length;
    for (let i = 0; i < length; i++) {
      totals[i] += data[first + i] + data[second + i] + (data[third + i] + data[fourth + i]);
    }
  }
  for (; row < count; row++) {
    const first = from + row * length;
    for (let i = 0; i < length; i++) totals[i] += data[first + i];
  }
}

/** Σ over the named axes, which are gone from the result; 0 over none at all. */
export function sum(x: Node, ...over: readonly string[]): NodeOf<"sum"> {
  return apply(sumOperation, [x], { over });
}
