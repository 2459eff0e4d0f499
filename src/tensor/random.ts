/**
 * Seeded random numbers: the same seed gives the same numbers on every machine.
 *
 * The generator is sfc32 ("small fast counting", Chris Doty-Humphrey, PractRand): 128 bits of
 * state, one of them a counter, so that its period is at least 2³².
 */

/** Rounds thrown away after seeding, until every bit of the seed has reached every bit of state. */
const WARM_UP = 15;

/**
 * Uniform numbers in [0, 1), with all 53 bits of a double random.
 *
 * @param seed Any whole number that a double holds exactly.
 * @throws {RangeError} When the seed is not such a number.
 */
export function randomNumbers(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`randomNumbers: expected a whole seed, got ${seed}.`);
  }
  let a = 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + result) | 0;
    return result >>> 0;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  // 27 high bits of one draw and 26 of the next: a whole number below 2⁵³.
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

/**
 * Normal numbers with mean 0 and variance 1, drawn from uniform ones by the Box–Muller transform.
 *
 * @param random Uniform in [0, 1).
 */
export function normalNumbers(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
