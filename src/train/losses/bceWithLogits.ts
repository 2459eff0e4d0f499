import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { negate } from "../../graph/operations/negate.ts";
import { softplus } from "../../graph/operations/softplus.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { checkTarget, type LossOptions } from "./target.ts";
import { meanOfValid, onlyValid } from "./valid.ts";

/**
 * Binary cross-entropy of logits, the mean over valid pixels of all images:
 *
 *     mean_i  −y[i] log p[i] − (1 − y[i]) log(1 − p[i])
 *
 * with p = sigmoid(x), so that −log p = softplus(−x) and −log(1 − p) = softplus(x). Neither cancels with
 * the other: a pixel that is right by far keeps the digits of its loss, and of what pulls it.
 *
 * @param logits x, `[batch?, …]`.
 * @param target y, in [0, 1], with the axes of the logits.
 * @returns A number ≥ 0, without axes.
 * @throws {ShapeError} When logits and target differ in axes.
 */
export function bceWithLogits(logits: Node, target: Node, { valid }: LossOptions = {}): Node {
  checkTarget("bceWithLogits", logits, target, valid);
  const x = onlyValid(logits, valid);
  const y = toFloat(target);
  const onObject = multiply(y, softplus(negate(x)));
  const elsewhere = multiply(subtract(1, y), softplus(x));
  return meanOfValid(add(onObject, elsewhere), valid);
}
