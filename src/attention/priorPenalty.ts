import type { Node, Value } from "../graph/node.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";

/**
 * What a Gaussian prior on the means takes off the log-likelihood:
 *
 *     Σ_j θ/2 · ‖m[j] − m⁰[j]‖²
 *
 * @param mean     m, `[…, keys, channels]`.
 * @param anchor   m⁰, likewise.
 * @param precision θ, aligned with them; `undefined` for no prior, whose penalty is 0.
 */
export function priorPenalty(
  mean: Node,
  anchor: Node,
  precision: Value | undefined,
  channels: string,
): Value {
  if (precision === undefined) return 0;
  const distances = multiply(precision, square(subtract(mean, anchor)));
  return multiply(sum(distances, "keys", channels), 0.5);
}
