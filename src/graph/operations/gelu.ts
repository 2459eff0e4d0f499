import type { Node, Value } from "../node.ts";
import { add } from "./add.ts";
import { erf } from "./erf.ts";
import { multiply } from "./multiply.ts";

/**
 * x · Φ(x) with the normal distribution's Φ(x) = (1 + erf(x/√2)) / 2, entry by entry; exact, not the
 * approximation by tanh.
 *
 * @see Hendrycks & Gimpel 2016, arXiv:1606.08415.
 */
export function gelu(x: Value): Node {
  return multiply(multiply(x, 0.5), add(1, erf(multiply(x, Math.SQRT1_2))));
}
