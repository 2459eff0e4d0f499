import { sizeOf, type TensorData, toDType } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { axisOf, expectKind } from "../interim.ts";
import type { Node, NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";

export const sumOperation: Operation<"sum"> = {
  name: "sum",
  shape: ([x], { over }) => {
    expectKind("sum", [x], "float");
    for (const axis of over) axisOf("sum", x, axis);
    return { axes: x.axes.filter((axis) => !over.includes(axis.name)), kind: "float" };
  },
  evaluate: ([x], _, { axes, dtype }) => {
    // In doubles, so that single precision loses digits once only, at the end.
    const totals = new Float64Array(sizeOf(axes)).fill(0);
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
  for (let i = from, o = to; i < end; i++, o += step) totals[o] = totals[o] + values[i];
}

/** Sum over the named axes, which the result no longer has; 0 where there is nothing to add. */
export function sum(x: Node, ...over: readonly string[]): NodeOf<"sum"> {
  return apply(sumOperation, [x], { over });
}
