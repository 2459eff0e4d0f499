import type { Calculus } from "./calculus.ts";
import type { Node } from "./node.ts";

/**
 * The gradient of a softmax w in its logits:
 *
 *     dL[j] = w[j] (u[j] − Σ_j w[j] u[j])
 *
 * Where one weight is nearly 1, next to nothing is left of the difference. It is therefore taken
 * from the mean twice: the second time only what rounding left of the first is subtracted.
 *
 * @param upstream u; may lack axes along which it is the same.
 */
export function softmaxGradient(
  weights: Node,
  upstream: Node,
  axis: string,
  { multiply, subtract, sum }: Calculus,
): Node {
  const fromMean = (x: Node): Node => subtract(x, sum(multiply(weights, x), axis));
  return multiply(weights, fromMean(fromMean(upstream)));
}
