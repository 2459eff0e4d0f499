import { IGNORE, INSIDE } from "../../clicks/truth.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { constant } from "../../graph/operations/constant.ts";
import { equal } from "../../graph/operations/equal.ts";
import { less } from "../../graph/operations/less.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { normalisedFocal } from "../losses/normalisedFocal.ts";
import { softIoU } from "../losses/softIoU.ts";

/** Weights ≥ 0 of the losses in their sum, and γ of the focal one. */
export interface LossWeights {
  readonly focal: number;
  readonly gamma: number;
  readonly iou: number;
}

/**
 * How wrong logits are about an object: normalised focal loss and soft IoU, weighted.
 *
 * @param logits `[batch, height, width]`
 * @param truth  With the same axes: `INSIDE`, 0, and `IGNORE` for pixels that do not count.
 * @returns A number ≥ 0, without axes.
 */
export function segmentationLoss(
  logits: Node,
  truth: Node,
  { focal, gamma, iou }: LossWeights,
): Node {
  const valid = less(truth, IGNORE);
  const target = toFloat(equal(truth, INSIDE));
  const parts: Node[] = [];
  if (focal > 0) parts.push(multiply(focal, normalisedFocal(logits, target, { valid, gamma })));
  if (iou > 0) parts.push(multiply(iou, softIoU(logits, target, { valid })));
  return parts.reduce<Node>((sum, part) => add(sum, part), constant(0));
}
