import type { Node } from "../../graph/node.ts";
import { divide } from "../../graph/operations/divide.ts";
import { expand } from "../../graph/operations/expand.ts";
import { maximum } from "../../graph/operations/maximum.ts";
import { sum } from "../../graph/operations/sum.ts";
import { where } from "../../graph/operations/where.ts";

/**
 * The tensor with 0 wherever an entry does not count, so that nothing that stands there, not even
 * an infinity, reaches a loss or its gradient.
 */
export function onlyValid(x: Node, valid: Node | undefined): Node {
  return valid === undefined ? x : where(valid, x, 0);
}

/** The mean over the entries that count, without axes; 0 where none does. */
export function meanOfValid(x: Node, valid: Node | undefined): Node {
  const names = x.axes.map(({ name }) => name);
  const one = expand(1, Object.fromEntries(x.axes.map(({ name, size }) => [name, size])));
  const count = sum(onlyValid(one, valid), ...names);
  return divide(sum(onlyValid(x, valid), ...names), maximum(count, 1));
}
