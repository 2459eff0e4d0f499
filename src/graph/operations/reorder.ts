import type { Axis } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import type { Node } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { checkAxes, placeOf } from "../shapes.ts";

export const reorderOperation: Operation<"reorder"> = {
  name: "reorder",
  shape: ([x], { order }) => ({
    axes: order.map((name): Axis => x.axes[placeOf("reorder", x, name)]),
    kind: x.kind,
  }),
  evaluate: ([x], _, { axes, dtype }, spare) => ({ axes, dtype, data: layOut(x, axes, spare) }),
  entrywise: true,
  gradient: (_, __, upstream) => [upstream],
  onnx: ([x], { inputs, axes }, write) => write.aligned(x, inputs[0].axes, axes),
};

/**
 * The same tensor with its axes in another order. Axes that are not named come first, as batch
 * axes do, in the order they had.
 */
export function reorder(x: Node, order: readonly string[]): Node {
  checkAxes("reorder", x, order);
  const batch = x.axes.map(({ name }) => name).filter((name) => !order.includes(name));
  return apply(reorderOperation, [x], { order: [...batch, ...order] });
}
