/**
 * Training, a page long: a batch, clicks on the network's own mistakes where the curriculum asks for
 * them, an update; now and then a look at the network, and a checkpoint.
 */

import type { Batch } from "../curriculum/batch.ts";
import { stepsOf, type TaskName } from "../curriculum/tasks.ts";
import { rateOf } from "../recipe/learning.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { clicksOnMistakes } from "./clicksOnMistakes.ts";
import type { StepReport, Tensors, Trainer } from "./trainer.ts";

/** What is told of a step. */
export interface LoopStep extends StepReport {
  /** Counted from 0. */
  readonly step: number;
  readonly task: TaskName;
  readonly learningRate: number;
  /** The most clicks on a sample. */
  readonly clicks: number;
}

/** Where a run stands: after so many steps, with this state. */
export interface Standing {
  readonly steps: number;
  readonly state: Tensors;
}

export interface TrainingLoop {
  readonly trainer: Trainer;
  readonly recipe: Recipe;
  /** Steps that are done already. */
  readonly done: number;
  /** The batch of a step; asked for in order. */
  readonly batchAt: (step: number) => Promise<Batch>;
  readonly told: (step: LoopStep) => void | Promise<void>;
  /** Called every `recipe.evaluation.every` steps, and at the end. */
  readonly evaluate: (standing: Standing) => Promise<void>;
  /** Asked after every step. */
  readonly isTimeToSave: () => boolean;
  readonly save: (standing: Standing) => Promise<void>;
  /** Asked after every step. */
  readonly isStopped: () => boolean;
}

/**
 * Train to the end of the curriculum, or until stopped; then save.
 *
 * @returns Whether the end was reached.
 * @throws {RangeError} Rejects when a loss or gradient is no finite number, with what the batch was;
 *   nothing is saved then, so that the last checkpoint stays.
 */
export async function trainingLoop(loop: TrainingLoop): Promise<boolean> {
  const { trainer, recipe, done, batchAt, told, evaluate, save } = loop;
  const total = stepsOf(recipe.curriculum);
  const rateAt = rateOf(recipe);
  const standing = async (steps: number): Promise<Standing> => ({
    steps,
    state: await trainer.state(),
  });
  let steps = done;
  while (steps < total && !loop.isStopped()) {
    const batch = await batchAt(steps);
    const clicks = await clicksOf(batch, loop);
    const learningRate = rateAt(steps);
    const report = await trainer.step(batch, clicks, steps + 1, learningRate);
    checkFinite(report, batch);
    const most = Math.max(...clicks.map((own) => own.length));
    await told({ ...report, step: steps, task: batch.task, learningRate, clicks: most });
    steps++;
    if (steps % recipe.evaluation.every === 0 || steps === total) {
      await evaluate(await standing(steps));
    }
    if (loop.isTimeToSave()) await save(await standing(steps));
  }
  await save(await standing(steps));
  return steps >= total;
}

async function clicksOf(batch: Batch, { trainer, recipe }: TrainingLoop): Promise<Batch["clicks"]> {
  if (batch.task !== "loop") return batch.clicks;
  const answering = await trainer.predict(batch);
  try {
    return await clicksOnMistakes(batch, answering, recipe.clicks, recipe.seed);
  } finally {
    answering.dispose();
  }
}

function checkFinite({ loss, gradientNorm }: StepReport, { step, task, ids }: Batch): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw new RangeError(
    `trainingLoop: expected a finite loss at step ${step}, got loss ${loss} and gradients of length ${gradientNorm}. ` +
      `The batch (${task}) was ${ids.join("; ")}. Begin from the weights that were saved last, with a lower rate, or look at these pictures.`,
  );
}
