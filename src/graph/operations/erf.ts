import { applyUnary, FLOATS, unary } from "../kernels/elementwise.ts";
import { errorFunction } from "../kernels/errorFunction.ts";
import type { Node, Value } from "../node.ts";
import type { Operation } from "../operation.ts";

/** The slope of erf at 0. */
const STEEPEST = 2 / Math.sqrt(Math.PI);

export const erfOperation: Operation<"erf"> = unary(
  "erf",
  FLOATS,
  (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = errorFunction(x[i]);
  },
  {
    // d/dx erf x = 2/√π · e^(−x²)
    gradient: ([x], _, upstream, { exp, multiply, negate }) => [
      multiply(upstream, multiply(exp(negate(multiply(x, x))), STEEPEST)),
    ],
    onnx: ([x], _, write) => write.node("Erf", [x]),
  },
);

/** The error function, `2/√π · ∫₀ˣ e^(−t²) dt`, entry by entry. */
export function erf(x: Value): Node {
  return applyUnary(erfOperation, x);
}
