import { applyUnary, unary } from "../kernels/elementwise.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

export const toFloatOperation: Operation<"toFloat"> = unary(
  "toFloat",
  { takes: ["float", "int", "bool"], makes: "float" },
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i];
  },
  {
    gradient: (_, __, upstream) => [upstream],
    onnx: ([x], { inputs }, write) => (inputs[0].kind === "float" ? x : write.cast(x, "float")),
  },
);

/** The same numbers as floats: ints as they are, bools as 0 and 1. */
export function toFloat(x: Value): Node {
  return applyUnary(toFloatOperation, x);
}
