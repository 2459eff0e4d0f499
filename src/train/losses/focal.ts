import type { Node, Value } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { exp } from "../../graph/operations/exp.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { negate } from "../../graph/operations/negate.ts";
import { softplus } from "../../graph/operations/softplus.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { toFloat } from "../../graph/operations/toFloat.ts";
import { checkOption } from "../checkOption.ts";
import { checkTarget, type LossOptions } from "./target.ts";
import { meanOfValid, onlyValid } from "./valid.ts";

export interface FocalOptions extends LossOptions {
  /** γ ≥ 0: how little a pixel counts that is right already. @default 2 */
  readonly gamma?: number | undefined;
  /**
   * α in [0, 1]: pixels of the object are weighted by α, others by 1 − α.
   *
   * @default no class balance: both by 1
   */
  readonly balance?: number | undefined;
}

/**
 * Focal loss, the mean over valid pixels of all images:
 *
 *     mean_i  −α_t[i] (1 − p_t[i])^γ log p_t[i]
 *
 * where p_t is the probability of what is true: p on the object, 1 − p elsewhere; p = sigmoid(x).
 *
 * @param logits x, `[batch?, …]`.
 * @param target 1 on the object, 0 elsewhere, with the axes of the logits.
 * @returns A number ≥ 0, without axes.
 * @throws {ShapeError} When logits and target differ in axes.
 * @throws {RangeError} When γ or α is out of range.
 * @see Lin, Goyal, Girshick, He & Dollár 2017, arXiv:1708.02002, eq. 5.
 */
export function focal(logits: Node, target: Node, options: FocalOptions = {}): Node {
  const { surprise, logWeight, balance } = focalTerms("focal", logits, target, options);
  const each = multiply(exp(logWeight), surprise);
  return meanOfValid(multiply(each, balance), options.valid);
}

/** What the focal losses are made of, pixel by pixel. */
export interface FocalTerms {
  /** −log p_t ≥ 0. */
  readonly surprise: Node;
  /** γ log(1 − p_t) ≤ 0. */
  readonly logWeight: Node;
  /** α_t, or 1 without class balance. */
  readonly balance: Value;
}

/**
 * The terms of a focal loss from the margin m, the logit towards what is true: p_t = sigmoid(m), so
 * that −log p_t = softplus(−m) and log(1 − p_t) = −softplus(m), neither of which rounds to an
 * infinity.
 */
export function focalTerms(
  operation: string,
  logits: Node,
  target: Node,
  { valid, gamma = 2, balance }: FocalOptions,
): FocalTerms {
  checkTarget(operation, logits, target, valid);
  checkOption(operation, "gamma", gamma, "≥ 0", gamma >= 0);
  if (balance !== undefined) {
    checkOption(operation, "balance", balance, "in [0, 1]", balance >= 0 && balance <= 1);
  }
  const isObject = toFloat(target);
  const margin = multiply(onlyValid(logits, valid), subtract(multiply(isObject, 2), 1));
  return {
    surprise: softplus(negate(margin)),
    logWeight: multiply(softplus(margin), -gamma),
    balance:
      balance === undefined ? 1 : add(1 - balance, multiply(isObject, balance - (1 - balance))),
  };
}
