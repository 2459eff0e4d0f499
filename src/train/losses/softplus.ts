import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { exp } from "../../graph/operations/exp.ts";
import { less } from "../../graph/operations/less.ts";
import { log } from "../../graph/operations/log.ts";
import { negate } from "../../graph/operations/negate.ts";
import { where } from "../../graph/operations/where.ts";

/**
 * log(1 + eˣ), entry by entry, as max(x, 0) + log(1 + e^−|x|): finite for every finite x, and so is
 * its gradient, the sigmoid.
 *
 * Of a logit it is −log of a probability: −log p = softplus(−x), −log(1 − p) = softplus(x).
 */
export function softplus(x: Node): Node {
  // One choice for both terms: at 0 their slopes have to be taken from the same side.
  const isPositive = less(0, x);
  const linear = where(isPositive, x, 0);
  const decay = exp(where(isPositive, negate(x), x));
  return add(linear, log(add(1, decay)));
}
