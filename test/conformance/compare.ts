/** The pass rule of golden packs: max |ours − theirs| ≤ tolerance · scale. */

import type { StoredTensor } from "../../src/formats/index.ts";
import type { HostTensor } from "../../src/tensor/index.ts";
import type { Expectation } from "./pack.ts";

/** Totals of sampled tensors are stored in double precision and compared so. */
const TOTALS_TOLERANCE = 1e-9;
/** How much a trajectory may fall by rounding alone, in double precision. */
const FALL_TOLERANCE = 1e-9;

/** What is wrong, or `undefined` when all is well. */
export type Fault = string | undefined;

/** What a pack says an output is. */
export interface Expected {
  readonly tensor: StoredTensor;
  /** Flat indices of the entries of `tensor` in the output, where only some are kept. */
  readonly at: ArrayLike<number> | undefined;
  readonly expectation: Expectation;
}

/**
 * @param tolerance In units of the expectation's scale.
 * @param isDouble  Whether ours were computed in double precision.
 */
export function compare(
  ours: HostTensor,
  { tensor, at, expectation }: Expected,
  tolerance: number,
  isDouble: boolean,
): Fault {
  const shape = ours.axes.map(({ size }) => size);
  if (at === undefined && withoutOnes(shape).join() !== withoutOnes(tensor.shape).join()) {
    return `shape is [${shape}], expected [${tensor.shape}]`;
  }
  const allowed = tolerance * expectation.scale;
  let worst = 0;
  let worstError = -1;
  for (let k = 0; k < tensor.data.length; k++) {
    const index = at === undefined ? k : at[k];
    const error = Math.abs(ours.data[index] - tensor.data[k]);
    // Anything that is no number is worse than any number.
    if (Number.isNaN(error)) {
      return `entry ${index} is ${ours.data[index]}, expected ${tensor.data[k]}`;
    }
    if (error > worstError) [worst, worstError] = [k, error];
  }
  if (worstError > allowed) {
    const index = at === undefined ? worst : at[worst];
    return `worst entry is ${index}: ${ours.data[index]}, expected ${tensor.data[worst]} (off by ${brief(worstError)}, allowed ${brief(allowed)})`;
  }
  return at === undefined ? undefined : compareTotals(ours, expectation, allowed, isDouble);
}

/** Sizes of 1 stand for no axis where an input broadcasts. */
function withoutOnes(shape: readonly number[]): readonly number[] {
  return shape.filter((size) => size !== 1);
}

/**
 * The sum and the sum of squares of a whole tensor of which only some entries are stored. In single
 * precision they may be off by what the tolerance of every entry adds up to.
 */
function compareTotals(
  { data }: HostTensor,
  { sum, sumSquares }: Expectation,
  allowed: number,
  isDouble: boolean,
): Fault {
  if (sum === undefined || sumSquares === undefined) return undefined;
  let ourSum = 0;
  let ourSquares = 0;
  for (const value of data) {
    ourSum += value;
    ourSquares += value * value;
  }
  const size = data.length;
  const norm = Math.sqrt(size * sumSquares);
  const sumAllowed = isDouble ? TOTALS_TOLERANCE * norm : allowed * size;
  const squaresAllowed = isDouble
    ? TOTALS_TOLERANCE * sumSquares
    : allowed * (2 * norm + allowed * size);
  const sumError = Math.abs(ourSum - sum);
  const squaresError = Math.abs(ourSquares - sumSquares);
  if (!(sumError <= sumAllowed)) {
    return `sum is ${ourSum}, expected ${sum} (off by ${brief(sumError)}, allowed ${brief(sumAllowed)})`;
  }
  if (!(squaresError <= squaresAllowed)) {
    return `sum of squares is ${ourSquares}, expected ${sumSquares} (off by ${brief(squaresError)}, allowed ${brief(squaresAllowed)})`;
  }
  return undefined;
}

/** Whether a trajectory, steps along its first axis, never falls by more than rounding. */
export function neverFalls(
  { axes, data }: HostTensor,
  { scale }: Expectation,
  tolerance: number,
  isDouble: boolean,
): Fault {
  const steps = axes[0]?.size ?? 0;
  const each = data.length / steps;
  const allowed = isDouble ? FALL_TOLERANCE : tolerance * scale;
  for (let step = 1; step < steps; step++) {
    for (let entry = 0; entry < each; entry++) {
      const before = data[(step - 1) * each + entry];
      const after = data[step * each + entry];
      if (!(after >= before - allowed)) {
        return `falls at step ${step}, entry ${entry}: from ${before} to ${after} (allowed ${brief(allowed)})`;
      }
    }
  }
  return undefined;
}

function brief(value: number): string {
  return value.toPrecision(3);
}
