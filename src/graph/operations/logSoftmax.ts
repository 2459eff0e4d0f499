import type { Node } from "../node.ts";
import { logSumExp } from "./logSumExp.ts";
import { subtract } from "./subtract.ts";

/** The logarithm of `softmax` along one axis, `x[k] − log Σ_j e^x[j]`; no logits are too large. */
export function logSoftmax(x: Node, axis: string): Node {
  return subtract(x, logSumExp(x, axis));
}
