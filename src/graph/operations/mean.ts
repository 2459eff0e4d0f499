import type { Node } from "../node.ts";
import { divide } from "./divide.ts";
import { sum } from "./sum.ts";

/** The mean over the named axes, which are gone from the result; NaN over none at all. */
export function mean(x: Node, ...over: readonly string[]): Node {
  let count = 1;
  for (const axis of x.axes) if (over.includes(axis.name)) count *= axis.size;
  return divide(sum(x, ...over), count);
}
