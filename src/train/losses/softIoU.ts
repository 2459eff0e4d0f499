import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { divide } from "../../graph/operations/divide.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { sigmoid } from "../../graph/operations/sigmoid.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { checkOption } from "../checkOption.ts";
import { meanOverImages, sumPerImage } from "./perImage.ts";
import { checkTarget, type LossOptions } from "./target.ts";
import { onlyValid } from "./valid.ts";

export interface SoftIoUOptions extends LossOptions {
  /**
   * What a pixel adds to the union: p + y − p y ("product"), or max(p, y) ("maximum"), which is less
   * for targets between 0 and 1.
   *
   * @default "product"
   */
  readonly union?: "product" | "maximum" | undefined;
  /** ε > 0, in pixels: keeps an image without any object defined. @default 1e-8 */
  readonly epsilon?: number | undefined;
}

/**
 * One minus the intersection over union of a soft mask with its target, the mean over images:
 *
 *     1 − (Σ_i p[i] y[i] + ε) / (Σ_i u[i] + ε),   p = sigmoid(x)
 *
 * over the valid pixels i of one image, u being its union with the target.
 *
 * @param logits x, `[batch?, …]`; every axis but `batch` belongs to one image.
 * @param target y, in [0, 1], with the axes of the logits.
 * @returns A number in [0, 1], without axes.
 * @throws {ShapeError} When logits and target differ in axes.
 * @throws {RangeError} When ε is not above 0.
 */
export function softIoU(
  logits: Node,
  target: Node,
  { valid, union = "product", epsilon = 1e-8 }: SoftIoUOptions = {},
): Node {
  checkTarget("softIoU", logits, target, valid);
  checkOption("softIoU", "epsilon", epsilon, "> 0", epsilon > 0);
  const p = sigmoid(onlyValid(logits, valid));
  const y = toFloat(target);
  const both = multiply(p, y);
  const either = union === "maximum" ? maximum(p, y) : subtract(add(p, y), both);
  const intersection = sumPerImage(onlyValid(both, valid));
  const whole = sumPerImage(onlyValid(either, valid));
  const overlap = divide(add(intersection, epsilon), add(whole, epsilon));
  return meanOverImages(subtract(1, overlap));
}
