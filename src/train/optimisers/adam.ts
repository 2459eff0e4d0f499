import type { Node, Value } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { divide } from "../../graph/operations/divide.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { sqrt } from "../../graph/operations/sqrt.ts";
import { square } from "../../graph/operations/square.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { tanh } from "../../graph/operations/tanh.ts";
import { checkOption } from "../checkOption.ts";
import type { Optimiser } from "./optimiser.ts";
import { withDecay } from "./sgd.ts";

export interface AdamOptions {
  /** β₁, β₂ in [0, 1): how much of each mean is kept. @default [0.9, 0.999] */
  readonly betas?: readonly [number, number] | undefined;
  /** ε > 0, in units of a gradient. @default 1e-8 */
  readonly epsilon?: number | undefined;
  /** λ ≥ 0. @default 0 */
  readonly weightDecay?: number | undefined;
  /** AMSGrad: divide by the largest second moment there has been. @default false */
  readonly amsgrad?: boolean | undefined;
}

/**
 * Adam, with weight decay as part of the gradient:
 *
 *     g ← g + λ w
 *     m ← β₁ m + (1 − β₁) g,    v ← β₂ v + (1 − β₂) g²
 *     w ← w − η m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
 *
 * with the largest v so far in place of v where AMSGrad is asked for.
 *
 * @throws {RangeError} When an option is out of range.
 * @see Kingma & Ba 2015, arXiv:1412.6980, algorithm 1; Reddi, Kale & Kumar 2018, arXiv:1904.09237.
 */
export function adam(options: AdamOptions = {}): Optimiser {
  const { weightDecay = 0 } = options;
  const rule = withoutDecay("adam", options);
  return {
    ...rule,
    update: (parameter, gradient, state, pace) =>
      rule.update(parameter, withDecay(gradient, parameter, weightDecay), state, pace),
  };
}

/**
 * AdamW: Adam with weight decay apart from the gradient, so that its strength is the same for
 * every weight: w ← (1 − η λ) w before Adam's update.
 *
 * @throws {RangeError} When an option is out of range.
 * @see Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2.
 */
export function adamW(options: AdamOptions = {}): Optimiser {
  const { weightDecay = 0 } = options;
  const rule = withoutDecay("adamW", options);
  if (weightDecay === 0) return rule;
  return {
    ...rule,
    update(parameter, gradient, state, pace) {
      const kept = subtract(1, multiply(pace.learningRate, weightDecay));
      return rule.update(multiply(kept, parameter), gradient, state, pace);
    },
  };
}

/** Adam without weight decay. */
function withoutDecay(
  name: string,
  { betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0, amsgrad = false }: AdamOptions,
): Optimiser {
  const [beta1, beta2] = betas;
  checkOption(name, "betas[0]", beta1, "in [0, 1)", beta1 >= 0 && beta1 < 1);
  checkOption(name, "betas[1]", beta2, "in [0, 1)", beta2 >= 0 && beta2 < 1);
  checkOption(name, "epsilon", epsilon, "> 0", epsilon > 0);
  checkOption(name, "weightDecay", weightDecay, "≥ 0", weightDecay >= 0);
  return {
    remembers: ["firstMoment", "secondMoment", ...(amsgrad ? ["largestSecondMoment"] : [])],
    update(parameter, gradient, state, { learningRate, step }) {
      const firstMoment = runningMean(state["firstMoment"], gradient, beta1);
      const secondMoment = runningMean(state["secondMoment"], square(gradient), beta2);
      const largestSecondMoment = amsgrad
        ? maximum(state["largestSecondMoment"], secondMoment)
        : secondMoment;
      // η m̂ / (√v̂ + ε) with the corrections drawn together: they are numbers, m and v are not.
      const correction = sqrt(oneMinusPower(beta2, step));
      const rate = divide(multiply(learningRate, correction), oneMinusPower(beta1, step));
      const spread = add(sqrt(largestSecondMoment), multiply(correction, epsilon));
      const next = { firstMoment, secondMoment };
      return {
        parameter: subtract(parameter, multiply(rate, divide(firstMoment, spread))),
        state: amsgrad ? { ...next, largestSecondMoment } : next,
      };
    },
  };
}

function runningMean(mean: Node, value: Node, beta: number): Node {
  return add(multiply(beta, mean), multiply(1 - beta, value));
}

/**
 * 1 − βᵗ as 2u / (1 + u), u = tanh(−t/2 · log β): at the first steps 1 and βᵗ nearly cancel, and in
 * single precision four of seven digits would be lost.
 */
function oneMinusPower(beta: number, step: Value): Node {
  const u = tanh(multiply(step, -Math.log(beta) / 2));
  return divide(multiply(2, u), add(1, u));
}
