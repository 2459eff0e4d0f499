import { axesOf, type Sizes } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import type { Node, Value } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { checkDistinct } from "../shapes.ts";
import { constantOfKind } from "./constant.ts";

export const expandOperation: Operation<"expand"> = {
  name: "expand",
  shape: ([x], { axes: added }) => {
    const axes = [...x.axes, ...added];
    checkDistinct(
      "expand",
      axes.map(({ name }) => name),
    );
    return { axes, kind: x.kind };
  },
  evaluate: ([x], _, { axes, dtype }, spare) => ({ axes, dtype, data: layOut(x, axes, spare) }),
  entrywise: true,
  gradient: (_, __, upstream) => [upstream],
  onnx: ([x], { inputs, axes }, write) => write.inFull(x, inputs[0].axes, axes),
};

/** The tensor repeated along new axes, which come last: `expand(x, { queries: 6 })`. */
export function expand(x: Value, sizes: Sizes): Node {
  return apply(expandOperation, [constantOfKind(x, "float")], { axes: axesOf("expand", sizes) });
}
