/**
 * The potential of a lattice whose seeds are held: at every other cell the weighted mean of its
 * neighbours, which is the probability that a walker from there meets a seed held at 1 first.
 *
 *     L x = 0 off the seeds,  x = m on them
 *
 * Solved by conjugate gradients, preconditioned by the incomplete Cholesky factors of L that have no
 * entries where L has none, modified so that they keep most of its row sums.
 *
 * @see Gustafsson 1978, "A class of first order factorization methods", BIT 18.
 */

import type { Lattice } from "./lattice.ts";

/** The residual, of that at the start, at which a solution is taken. */
const TOLERANCE = 1e-4;
const MOST_STEPS = 5000;
/** How much of what the factors drop is kept on their diagonal. */
const KEPT = 0.97;

/**
 * @param seeds By cell: the value held there. At least one.
 * @returns `[height, width]`, between the smallest and the largest value held.
 */
export function potential(lattice: Lattice, seeds: ReadonlyMap<number, number>): Float64Array {
  const values = [...seeds.values()];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = new Float64Array(lattice.width * lattice.height).fill((low + high) / 2);
  for (const [at, value] of seeds) x[at] = value;
  if (low === high) return x;
  const degrees = degreesOf(lattice);
  const isHeld = new Uint8Array(x.length);
  for (const at of seeds.keys()) isHeld[at] = 1;
  const pivots = pivotsOf(lattice, degrees, isHeld);
  const residual = new Float64Array(x.length);
  applyLaplacian(lattice, degrees, x, residual);
  for (let at = 0; at < x.length; at++) residual[at] = isHeld[at] === 1 ? 0 : -residual[at];
  const step = new Float64Array(x.length);
  precondition(lattice, pivots, isHeld, residual, step);
  const direction = step.slice();
  const image = new Float64Array(x.length);
  let energy = dot(residual, step);
  const enough = energy * TOLERANCE ** 2;
  for (let count = 0; count < MOST_STEPS && energy > enough; count++) {
    applyLaplacian(lattice, degrees, direction, image);
    for (const at of seeds.keys()) image[at] = 0;
    const length = energy / dot(direction, image);
    for (let at = 0; at < x.length; at++) {
      x[at] += length * direction[at];
      residual[at] -= length * image[at];
    }
    precondition(lattice, pivots, isHeld, residual, step);
    const next = dot(residual, step);
    const turn = next / energy;
    for (let at = 0; at < x.length; at++) direction[at] = step[at] + turn * direction[at];
    energy = next;
  }
  return x.map((value) => Math.min(high, Math.max(low, value)));
}

/** Inverse pivots of the factors (D + W) D⁻¹ (D + Wᵀ), W below the diagonal; 0 at seeds. */
function pivotsOf(
  { width, right, down }: Lattice,
  degrees: Float64Array,
  isHeld: Uint8Array,
): Float64Array {
  const inverse = new Float64Array(degrees.length);
  for (let at = 0; at < degrees.length; at++) {
    if (isHeld[at] === 1) continue;
    let pivot = degrees[at];
    if (at % width > 0 && isHeld[at - 1] === 0) {
      const filled = at - 1 + width < degrees.length && isHeld[at - 1 + width] === 0;
      const weight = right[at - 1];
      pivot -= weight * (weight + (filled ? KEPT * down[at - 1] : 0)) * inverse[at - 1];
    }
    if (at >= width && isHeld[at - width] === 0) {
      const above = at - width;
      const filled = at % width < width - 1 && isHeld[above + 1] === 0;
      pivot -= down[above] * (down[above] + (filled ? KEPT * right[above] : 0)) * inverse[above];
    }
    inverse[at] = 1 / pivot;
  }
  return inverse;
}

/** Solve with the factors: forward, then backward. */
function precondition(
  { width, right, down }: Lattice,
  inverse: Float64Array,
  isHeld: Uint8Array,
  residual: Float64Array,
  result: Float64Array,
): void {
  const cells = residual.length;
  for (let at = 0; at < cells; at++) {
    if (isHeld[at] === 1) {
      result[at] = 0;
      continue;
    }
    let value = residual[at];
    if (at % width > 0) value += right[at - 1] * result[at - 1];
    if (at >= width) value += down[at - width] * result[at - width];
    result[at] = value * inverse[at];
  }
  for (let at = cells - 1; at >= 0; at--) {
    if (isHeld[at] === 1) continue;
    let value = 0;
    if (at % width < width - 1) value += right[at] * result[at + 1];
    if (at < cells - width) value += down[at] * result[at + width];
    result[at] += value * inverse[at];
  }
}

/** The sum of the weights at each cell. */
function degreesOf({ width, right, down }: Lattice): Float64Array {
  return right.map(
    (weight, at) =>
      weight +
      down[at] +
      (at % width === 0 ? 0 : right[at - 1]) +
      (at < width ? 0 : down[at - width]),
  );
}

/** (L x)_i = d_i x_i − Σ_j w_ij x_j. */
function applyLaplacian(
  { width, right, down }: Lattice,
  degrees: Float64Array,
  x: Float64Array,
  result: Float64Array,
): void {
  const cells = x.length;
  for (let at = 0; at < cells; at++) result[at] = degrees[at] * x[at];
  for (let at = 0; at < cells - 1; at++) {
    const weight = right[at];
    result[at] -= weight * x[at + 1];
    result[at + 1] -= weight * x[at];
  }
  for (let at = 0; at < cells - width; at++) {
    const weight = down[at];
    result[at] -= weight * x[at + width];
    result[at + width] -= weight * x[at];
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
