import { allocate, type TensorData } from "../../tensor/hostTensor.ts";
import { forEachLine, stridesAlong } from "../../tensor/layOut.ts";
import { kindBeside } from "../elementwise.ts";
import type { Node, Value } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
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
  evaluate: (inputs, _, { axes, dtype }) => {
    const [condition, a, b] = inputs.map(({ data }) => data);
    const strides = inputs.map((input) => stridesAlong(axes, input.axes));
    const data = allocate(
      axes.reduce((size, axis) => size * axis.size, 1),
      dtype,
    );
    forEachLine(axes, strides, (to, count, from, step) => {
      chooseLine(
        data,
        to,
        count,
        condition,
        from[0],
        step[0],
        a,
        from[1],
        step[1],
        b,
        from[2],
        step[2],
      );
    });
    return { axes, dtype, data };
  },
};

/** a where the condition holds, b elsewhere, entry by entry, aligned by name. */
export function where(condition: Node, a: Value, b: Value): Node {
  const kind = kindBeside(a, b);
  return apply(whereOperation, [condition, constantOfKind(a, kind), constantOfKind(b, kind)], {});
}

function chooseLine(
  out: TensorData,
  to: number,
  count: number,
  condition: TensorData,
  h: number,
  conditionStep: number,
  a: TensorData,
  i: number,
  aStep: number,
  b: TensorData,
  j: number,
  bStep: number,
): void {
  const end = to + count;
  for (; to < end; to++, h += conditionStep, i += aStep, j += bStep) {
    out[to] = condition[h] !== 0 ? a[i] : b[j];
  }
}
