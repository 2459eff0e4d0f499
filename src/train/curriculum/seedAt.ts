import { randomNumbers } from "../../tensor/random.ts";

/**
 * A seed for one place in a run: of a step, of a sample in it, … It depends on the run's seed and the
 * place alone, so that neither the number of threads nor an interruption changes what is drawn.
 *
 * @param places Whole numbers, the outermost first.
 */
export function seedAt(seed: number, ...places: readonly number[]): number {
  return places.reduce((at, place) => spread((at + place) % 2 ** 53), spread(seed));
}

/** Neighbouring numbers, far apart. */
function spread(seed: number): number {
  return Math.floor(randomNumbers(seed)() * 2 ** 53);
}
