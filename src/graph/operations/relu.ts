import type { Node, Value } from "../node.ts";
import { clamp } from "./clamp.ts";

/** max(x, 0), entry by entry; at 0 the gradient is 0. */
export function relu(x: Value): Node {
  return clamp(x, 0, Infinity);
}
