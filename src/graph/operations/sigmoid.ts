import type { Node, Value } from "../node.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { divide } from "./divide.ts";
import { exp } from "./exp.ts";
import { less } from "./less.ts";
import { negate } from "./negate.ts";
import { where } from "./where.ts";

/** 1 / (1 + e⁻ˣ), entry by entry; exact far out on both sides, since no exponent is positive. */
export function sigmoid(x: Value): Node {
  const decay = exp(negate(abs(x)));
  return divide(where(less(x, 0), decay, 1), add(1, decay));
}
