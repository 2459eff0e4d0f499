import type { Node, Value } from "../node.ts";
import { multiply } from "./multiply.ts";

/** x², entry by entry. */
export function square(x: Value): Node {
  return multiply(x, x);
}
