/**
 * How far a mean over objects could be off because these objects were looked at and not others:
 * the middle 95 % of the means of samples drawn from them with replacement.
 *
 * @see Efron 1979, "Bootstrap Methods: Another Look at the Jackknife" (percentile intervals).
 */

/** Seeded uniform numbers in [0, 1): the same seed gives the same numbers. */
export type Seeded = (seed: number) => () => number;

export const RESAMPLES = 1000;

/** From, to. */
export type Interval = readonly [from: number, to: number];

/**
 * The interval of a mean.
 *
 * @param values One per object.
 * @param random The same for all intervals of a run, so that the same objects are drawn.
 * @returns `undefined` where there are no values.
 */
export function bootstrapInterval(
  values: readonly number[],
  random: () => number,
  resamples: number = RESAMPLES,
): Interval | undefined {
  if (values.length === 0) return undefined;
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)];
    return sum / values.length;
  }).sort();
  const rank = (part: number) => means[Math.round(part * (resamples - 1))];
  return [rank(0.025), rank(0.975)];
}
