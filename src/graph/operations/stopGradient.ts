import type { Node } from "../node.ts";
import { apply, type Operation } from "../operation.ts";

export const stopGradientOperation: Operation<"stopGradient"> = {
  name: "stopGradient",
  shape: ([x]) => x,
  evaluate: ([x]) => x,
  gradient: () => [],
  onnx: ([x]) => x,
};

/** The same tensor; gradients treat it as a constant. */
export function stopGradient(x: Node): Node {
  return apply(stopGradientOperation, [x], {});
}
