import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { divide } from "../graph/operations/divide.ts";
import { mean } from "../graph/operations/mean.ts";
import { sqrt } from "../graph/operations/sqrt.ts";
import { square } from "../graph/operations/square.ts";
import { subtract } from "../graph/operations/subtract.ts";

/** What most implementations add to a variance, so that nothing is divided by 0. */
export const DEFAULT_EPSILON = 1e-5;

export interface Moments {
  readonly mean: Node;
  /** The mean squared deviation, over as many entries as there are. */
  readonly variance: Node;
  /** What was given, less its mean. */
  readonly centred: Node;
}

/** Mean and variance over the named axes, which are gone from both. */
export function momentsOf(x: Node, over: readonly string[]): Moments {
  const average = mean(x, ...over);
  const centred = subtract(x, average);
  return { mean: average, variance: mean(square(centred), ...over), centred };
}

/** `scale / √(variance + ε)`: what a norm multiplies by. */
export function overDeviation(scale: Node | number, variance: Node, epsilon: number): Node {
  return divide(scale, sqrt(add(variance, epsilon)));
}
