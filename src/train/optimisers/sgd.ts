import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { equal } from "../../graph/operations/equal.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { where } from "../../graph/operations/where.ts";
import { checkOption } from "../checkOption.ts";
import type { Optimiser } from "./optimiser.ts";

export interface SgdOptions {
  /** μ in [0, 1): how much of the last velocity is kept. @default 0 */
  readonly momentum?: number | undefined;
  /** δ in [0, 1]: how much of a gradient is left out of the velocity, but the first. @default 0 */
  readonly dampening?: number | undefined;
  /** Follow the velocity of one update ahead. Needs momentum, and no dampening. @default false */
  readonly nesterov?: boolean | undefined;
  /** λ ≥ 0, part of the gradient: the slope of λ/2 ‖w‖². @default 0 */
  readonly weightDecay?: number | undefined;
}

/**
 * Stochastic gradient descent:
 *
 *     g ← g + λ w
 *     b ← μ b + (1 − δ) g,      b = g at the first update
 *     w ← w − η b,              w − η (g + μ b) with Nesterov's momentum, w − η g without any
 *
 * @throws {RangeError} When an option is out of range, or Nesterov's momentum has none to look
 *   ahead with.
 * @see Sutskever, Martens, Dahl & Hinton 2013, in the form in which η scales the whole velocity.
 */
export function sgd({
  momentum = 0,
  dampening = 0,
  nesterov = false,
  weightDecay = 0,
}: SgdOptions = {}): Optimiser {
  checkOption("sgd", "momentum", momentum, "in [0, 1)", momentum >= 0 && momentum < 1);
  checkOption("sgd", "dampening", dampening, "in [0, 1]", dampening >= 0 && dampening <= 1);
  checkOption("sgd", "weightDecay", weightDecay, "≥ 0", weightDecay >= 0);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new RangeError(
      `sgd: expected momentum > 0 and no dampening with nesterov, ` +
        `got momentum ${momentum} and dampening ${dampening}.`,
    );
  }
  return {
    remembers: momentum === 0 ? [] : ["velocity"],
    update(parameter, gradient, state, { learningRate, step }) {
      const slope = withDecay(gradient, parameter, weightDecay);
      const follow = (direction: Node): Node =>
        subtract(parameter, multiply(learningRate, direction));
      if (momentum === 0) return { parameter: follow(slope), state: {} };
      const taken =
        dampening === 0 ? slope : multiply(where(equal(step, 1), 1, 1 - dampening), slope);
      const velocity = add(multiply(momentum, state["velocity"]), taken);
      const direction = nesterov ? add(slope, multiply(momentum, velocity)) : velocity;
      return { parameter: follow(direction), state: { velocity } };
    },
  };
}

/** The gradient with that of λ/2 ‖w‖²: decay that passes through the rest of the rule. */
export function withDecay(gradient: Node, parameter: Node, weightDecay: number): Node {
  return weightDecay === 0 ? gradient : add(gradient, multiply(weightDecay, parameter));
}
