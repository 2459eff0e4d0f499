import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { divide } from "../../graph/operations/divide.ts";
import { equal } from "../../graph/operations/equal.ts";
import { exp } from "../../graph/operations/exp.ts";
import { largest } from "../../graph/operations/largest.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { stopGradient } from "../../graph/operations/stopGradient.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { where } from "../../graph/operations/where.ts";
import { type FocalOptions, focalTerms } from "./focal.ts";
import { axesWithin, meanOverImages, sumPerImage } from "./perImage.ts";
import { onlyValid } from "./valid.ts";

export interface NormalisedFocalOptions extends FocalOptions {
  /**
   * Whether the sum of weights is a constant to gradients, or moves with the logits.
   *
   * @default "detached"
   */
  readonly normaliser?: "detached" | "attached" | undefined;
}

/**
 * Focal loss whose weights sum to one in every image, so that it does not fade as the image gets
 * better:
 *
 *     mean over images of  −Σ_i α_t[i] w[i] log p_t[i]  /  Σ_i w[i],   w = (1 − p_t)^γ
 *
 * over the valid pixels i of one image. The normalised weights are a softmax of γ log(1 − p_t), and
 * are taken as one: no image is so good that they vanish. An image without a valid pixel counts as 0.
 *
 * @param logits x, `[batch?, …]`; every axis but `batch` belongs to one image.
 * @param target 1 on the object, 0 elsewhere, with the axes of the logits.
 * @returns A number ≥ 0, without axes.
 * @throws {ShapeError} When logits and target differ in axes.
 * @throws {RangeError} When γ or α is out of range.
 * @see Sofiiuk, Barinova & Konushin 2019, arXiv:1909.07829, section 3.4.
 */
export function normalisedFocal(
  logits: Node,
  target: Node,
  options: NormalisedFocalOptions = {},
): Node {
  const { valid, normaliser = "detached" } = options;
  const { surprise, logWeight, balance } = focalTerms("normalisedFocal", logits, target, options);
  const reachable = valid === undefined ? logWeight : where(valid, logWeight, LOWEST);
  const highest = stopGradient(largest(reachable, ...axesWithin(logits)));
  const weight = onlyValid(exp(subtract(reachable, highest)), valid);
  const total = sumPerImage(weight);
  // The largest weight is 1: a total of 0 says that no pixel is valid.
  const divisor = add(total, toFloat(equal(total, 0)));
  const weighted = sumPerImage(multiply(multiply(weight, surprise), balance));
  const moving = normaliser === "attached" ? divisor : stopGradient(divisor);
  return meanOverImages(divide(weighted, moving));
}

/** Below γ log(1 − p_t) of every logit that single precision tells from an infinity. */
const LOWEST = -3e38;
