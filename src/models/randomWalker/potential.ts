/**
 * The potential of a lattice whose seeds are held: at every other cell the weighted mean of its
 * neighbours, which is the probability that a walker from there meets a seed held at 1 first.
 *
 *     L x = 0 off the seeds,  x = m on them
 *
 * Solved by conjugate gradients with the diagonal as preconditioner.
 */

import type { Lattice } from "./lattice.ts";

/** The residual, of that at the start, at which a solution is taken. */
const TOLERANCE = 1e-5;
const MOST_STEPS = 5000;

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
  const residual = new Float64Array(x.length);
  applyLaplacian(lattice, degrees, x, residual);
  for (let at = 0; at < x.length; at++) residual[at] = -residual[at];
  for (const at of seeds.keys()) residual[at] = 0;
  const direction = residual.map((value, at) => value / degrees[at]);
  const image = new Float64Array(x.length);
  let energy = preconditioned(residual, degrees);
  const enough = energy * TOLERANCE ** 2;
  for (let step = 0; step < MOST_STEPS && energy > enough; step++) {
    applyLaplacian(lattice, degrees, direction, image);
    for (const at of seeds.keys()) image[at] = 0;
    const length = energy / dot(direction, image);
    for (let at = 0; at < x.length; at++) {
      x[at] += length * direction[at];
      residual[at] -= length * image[at];
    }
    const next = preconditioned(residual, degrees);
    const turn = next / energy;
    for (let at = 0; at < x.length; at++) {
      direction[at] = residual[at] / degrees[at] + turn * direction[at];
    }
    energy = next;
  }
  return x.map((value) => Math.min(high, Math.max(low, value)));
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

/** r · D⁻¹ r. */
function preconditioned(residual: Float64Array, degrees: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < residual.length; at++) sum += (residual[at] * residual[at]) / degrees[at];
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
