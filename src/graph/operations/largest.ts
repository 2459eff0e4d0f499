import type { TensorData } from "../../tensor/hostTensor.ts";
import { type ReduceLoop, reduce, reducedShape } from "../kernels/reduce.ts";
import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { placesOf } from "../shapes.ts";

export const largestOperation: Operation<"largest"> = {
  name: "largest",
  shape: ([x], { over }) => {
    const result = reducedShape("largest", x, over);
    const isEmpty = x.axes.some(({ name, size }) => over.includes(name) && size === 0);
    if (result.kind === "int" && isEmpty) {
      throw new RangeError(
        "largest: expected at least one int to choose from, got none: ints have no −∞.",
      );
    }
    return result;
  },
  evaluate: ([x], { over }, target, spare) => reduce(x, over, target, takeLargest, spare),
  entrywise: true,
  // Entries that share the largest share what comes of it.
  gradient: ([x], output, upstream, { divide, equal, multiply, sum, toFloat }) => {
    const isLargest = toFloat(equal(x, output));
    const share = divide(upstream, sum(isLargest, ...output.attributes.over));
    return [multiply(isLargest, share)];
  },
  onnx: ([x], { inputs, attributes: { over } }, write) => {
    if (over.length === 0) return x;
    return write.node("ReduceMax", [x], { axes: placesOf(inputs[0].axes, over), keepdims: 0 });
  },
};

const takeLargest: ReduceLoop = (out, data, outer, size, inner) => {
  if (inner === 1) {
    for (let o = 0, from = 0; o < outer; o++, from += size) out[o] = largestOfRow(data, from, size);
    return;
  }
  const most = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    most.fill(-Infinity);
    raise(most, data, o * size * inner, size);
    out.set(most, o * inner);
  }
};

// A NaN is taken wherever it comes, and no number takes its place: `x > NaN` never holds.

function largestOfRow(data: TensorData, from: number, size: number): number {
  const end = from + size;
  let most = -Infinity;
  for (let i = from; i < end; i++) {
    const x = data[i];
    if (x > most || Number.isNaN(x)) most = x;
  }
  return most;
}

/** Raise `most` to what is larger in each of `count` rows as long as it. */
function raise(most: Float64Array, data: TensorData, from: number, count: number): void {
  const length = most.length;
  for (let row = 0, at = from; row < count; row++) {
    for (let i = 0; i < length; i++, at++) {
      const x = data[at];
      if (x > most[i] || Number.isNaN(x)) most[i] = x;
    }
  }
}

/**
 * The largest entry over the named axes, which are gone from the result; NaN where any is, and
 * −∞ over none at all.
 */
export function largest(x: Node, ...over: readonly string[]): NodeOf<"largest"> {
  return apply(largestOperation, [x], { over });
}
