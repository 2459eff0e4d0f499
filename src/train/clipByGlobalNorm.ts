import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { divide } from "../graph/operations/divide.ts";
import { minimum } from "../graph/operations/minimum.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { sqrt } from "../graph/operations/sqrt.ts";
import { square } from "../graph/operations/square.ts";
import { sum } from "../graph/operations/sum.ts";
import { checkOption } from "./checkOption.ts";

/** Gradients, none of them too long together, and how long they were. */
export interface Clipped {
  readonly gradients: Readonly<Record<string, Node>>;
  /** ‖g‖ before clipping, without axes. */
  readonly norm: Node;
}

/**
 * Shorten all gradients by one factor, so that together they are no longer than `maxNorm`:
 *
 *     g ← g · min(1, maxNorm / (‖g‖ + 10⁻⁶)),   ‖g‖² = Σ over all gradients and entries of g²
 *
 * @param maxNorm > 0, in units of a gradient.
 * @throws {RangeError} When `maxNorm` is not above 0.
 * @see Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063, algorithm 1.
 */
export function clipByGlobalNorm(
  gradients: Readonly<Record<string, Node>>,
  maxNorm: number,
): Clipped {
  checkOption("clipByGlobalNorm", "maxNorm", maxNorm, "> 0", maxNorm > 0);
  const squares = Object.values(gradients).map((each) =>
    sum(square(each), ...each.axes.map(({ name }) => name)),
  );
  const norm = sqrt(squares.reduce<Node>((a, b) => add(a, b), constant(0)));
  const factor = minimum(1, divide(maxNorm, add(norm, NO_DIVISION_BY_ZERO)));
  const clipped = Object.entries(gradients).map(([name, each]) => [name, multiply(each, factor)]);
  return { gradients: Object.fromEntries(clipped), norm };
}

/** The value that is usual, so that published recipes give the same steps. */
const NO_DIVISION_BY_ZERO = 1e-6;
