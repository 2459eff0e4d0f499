import type { TensorData } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { kindBeside, operandsOf } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { alignAxes, checkKind, commonKind } from "../shapes.ts";
import { constantOfKind } from "./constant.ts";

export const whereOperation: Operation<"where"> = {
  name: "where",
  shape: ([condition, a, b]) => {
    checkKind("where", "the condition", condition, "bool");
    return {
      axes: alignAxes("where", { condition, a, b }),
      kind: commonKind("where", [a, b], ["float", "int", "bool"]),
    };
  },
  evaluate: ([condition, a, b], _, target, spare) => {
    const { axes, dtype } = target;
    const data = arrayFor(target, spare);
    const strides = [axes, condition.axes, a.axes, b.axes].map((own) => stridesAlong(axes, own));
    forEachLine(axes, strides, (count, from, step) => {
      chooseLine(count, from, step, data, condition.data, a.data, b.data);
    });
    return { axes, dtype, data };
  },
  entrywise: true,
  gradient: ([condition], _, upstream, { where }) => [
    undefined,
    where(condition, upstream, 0),
    where(condition, 0, upstream),
  ],
  onnx: (inputs, output, write) => {
    const [condition, a, b] = operandsOf(inputs, output, write);
    if (output.kind !== "bool") return write.node("Where", [condition, a, b]);
    // No kernel chooses between bools.
    const isA = write.node("And", [condition, a]);
    return write.node("Or", [isA, write.node("And", [write.node("Not", [condition]), b])]);
  },
};

/** a where the condition holds, b elsewhere, entry by entry, aligned by name. */
export function where(condition: Node, a: Value, b: Value): Node {
  const kind = kindBeside(a, b);
  return apply(whereOperation, [condition, constantOfKind(a, kind), constantOfKind(b, kind)], {});
}

function chooseLine(
  count: number,
  from: Int32Array,
  step: readonly number[],
  out: TensorData,
  condition: TensorData,
  a: TensorData,
  b: TensorData,
): void {
  let [to, h, i, j] = from;
  const [toStep, conditionStep, aStep, bStep] = step;
  for (let n = 0; n < count; n++, to += toStep, h += conditionStep, i += aStep, j += bStep) {
    out[to] = condition[h] !== 0 ? a[i] : b[j];
  }
}
