import { isWrong } from "../../clicks/errors.ts";
import type { Click } from "../../clicks/prompts.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { type Batch, truthAt } from "../curriculum/batch.ts";
import { seedAt } from "../curriculum/seedAt.ts";
import { type ClickHabits, correctingClick } from "../curriculum/simulatedClicks.ts";
import type { Answering } from "./predictor.ts";

/** Apart from the random numbers that made the batch. */
const STREAM = 1;

/**
 * The clicks of a batch, and further ones on what a network gets wrong about them: it answers, it is
 * clicked where it is wrong, and so on, 1 to `most` − 1 times: drawn for the batch, a few times more
 * often than many, as all sessions begin and not all go on.
 *
 * @param seed Of the run: with the batch's step it decides how many, and where.
 */
export async function clicksOnMistakes(
  batch: Batch,
  answering: Answering,
  habits: ClickHabits,
  seed: number,
): Promise<readonly (readonly Click[])[]> {
  const random = randomNumbers(seedAt(seed, batch.step, batch.ids.length, STREAM));
  const rounds = Math.ceil(random() ** 2 * (habits.most - 1));
  let clicks = batch.clicks;
  for (let round = 0; round < rounds; round++) {
    const masks = await answering.answer(clicks);
    clicks = clicks.map((before, place) => {
      const truth = truthAt(batch, place);
      if (!isWrong(truth, masks[place])) return before;
      return [...before, correctingClick(truth, masks[place], before, habits, random)];
    });
  }
  return clicks;
}
