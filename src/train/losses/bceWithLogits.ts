import type { Node } from "../../graph/node.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { softplus } from "../../graph/operations/softplus.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { checkTarget, type LossOptions } from "./target.ts";
import { meanOfValid, onlyValid } from "./valid.ts";

/**
 * Binary cross-entropy of logits, the mean over valid pixels of all images:
 *
 *     mean_i  −y[i] log p[i] − (1 − y[i]) log(1 − p[i])  =  mean_i  softplus(x[i]) − x[i] y[i]
 *
 * with p = sigmoid(x).
 *
 * @param logits x, `[batch?, …]`.
 * @param target y, in [0, 1], with the axes of the logits.
 * @returns A number ≥ 0, without axes.
 * @throws {ShapeError} When logits and target differ in axes.
 */
export function bceWithLogits(logits: Node, target: Node, { valid }: LossOptions = {}): Node {
  checkTarget("bceWithLogits", logits, target, valid);
  const x = onlyValid(logits, valid);
  return meanOfValid(subtract(softplus(x), multiply(x, toFloat(target))), valid);
}
