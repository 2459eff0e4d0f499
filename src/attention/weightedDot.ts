import type { Node, Value } from "../graph/node.ts";
import { contract } from "../graph/operations/contract.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { sum } from "../graph/operations/sum.ts";
import { hasAxis } from "./hasAxis.ts";

/**
 * Σ_c p · a[c] · b[c] over one axis, for every pair along the others: a dot product in the metric of
 * a precision, which is shared, one per unit, or one per unit and channel.
 */
export function weightedDot(precision: Value, a: Node, b: Node, channels: string): Node {
  // Isotropic precisions are multiplied in last: they may have batch axes that a and b do not.
  return hasAxis(precision, channels)
    ? contract(multiply(precision, a), b, channels)
    : multiply(precision, contract(a, b, channels));
}

/** Σ_c p · x[c]². */
export function weightedSquare(precision: Value, x: Node, channels: string): Node {
  return hasAxis(precision, channels)
    ? contract(precision, square(x), channels)
    : multiply(precision, sum(square(x), channels));
}
