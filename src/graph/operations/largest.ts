import { sizeOf, type TensorData, toDType } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { axisOf, expectKind } from "../interim.ts";
import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";

export const largestOperation: Operation<"largest"> = {
  name: "largest",
  shape: ([x], { over }) => {
    expectKind("largest", [x], "float");
    for (const axis of over) axisOf("largest", x, axis);
    return { axes: x.axes.filter((axis) => !over.includes(axis.name)), kind: "float" };
  },
  evaluate: ([x], _, { axes, dtype }) => {
    // In doubles, so that single precision loses digits once only, at the end.
    const totals = new Float64Array(sizeOf(axes)).fill(-Infinity);
    forEachLine(x.axes, [stridesAlong(x.axes, axes)], (from, count, [to], [step]) => {
      addLine(totals, to, step, x.data, from, from + count);
    });
    return { axes, dtype, data: toDType(totals, dtype) };
  },
};

function addLine(
  totals: Float64Array,
  to: number,
  step: number,
  values: TensorData,
  from: number,
  end: number,
): void {
  for (let i = from, o = to; i < end; i++, o += step) totals[o] = Math.max(totals[o], values[i]);
}

/** The largest entry over the named axes, which the result no longer has; −∞ where there is none. */
export function largest(x: Node, ...over: readonly string[]): NodeOf<"largest"> {
  return apply(largestOperation, [x], { over });
}
