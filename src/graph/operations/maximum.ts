import { sameLayout } from "../../tensor/layOut.ts";
import { applyBinary, binary, NUMBERS, operandsOf } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const maximumOperation: Operation<"maximum"> = binary(
  "maximum",
  NUMBERS,
  (count, out, to, toStep, a, i, aStep, b, j, bStep) => {
    for (let n = 0; n < count; n++, to += toStep, i += aStep, j += bStep) {
      out[to] = Math.max(a[i], b[j]);
    }
  },
  {
    // Where both are alike the second takes it all, so that max(x, 0) is flat at 0.
    gradient: ([a, b], _, upstream, { less, where }) => {
      const isA = less(b, a);
      return [where(isA, upstream, 0), where(isA, 0, upstream)];
    },
    onnx: ([a, b], output, write) => {
      const [left, right] = output.inputs;
      if (isZero(right) && sameLayout(left.axes, output.axes)) return write.node("Relu", [a]);
      if (isZero(left) && sameLayout(right.axes, output.axes)) return write.node("Relu", [b]);
      return write.node("Max", operandsOf([a, b], output, write));
    },
  },
);

/** The larger of a and b, entry by entry, aligned by name; NaN where either is. */
export function maximum(a: Value, b: Value): Node {
  return applyBinary(maximumOperation, a, b);
}

function isZero(node: Node): boolean {
  if (node.operation !== "constant" || node.kind !== "float") return false;
  const { data } = node.attributes.value;
  return data.length === 1 && data[0] === 0;
}
