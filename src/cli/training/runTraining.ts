/** The loop of training with all that goes on around it: threads, looks, checkpoints, progress. */

import type { Drawn } from "../../data/index.ts";
import { network } from "../../models/index.ts";
import { type DeviceName, openDevice } from "../../node/index.ts";
import {
  configurationOf,
  type LoopStep,
  type Recipe,
  type Standing,
  stepsOf,
  trainer,
  trainingLoop,
} from "../../train/index.ts";
import { timeLeft } from "../evaluation/timeLeft.ts";
import { type Progress, progressOn } from "../progress.ts";
import type { Terminal } from "../terminal.ts";
import { startBatchThreads } from "./batchThreads.ts";
import { heldOutFigures } from "./heldOutFigures.ts";
import { type Looks, looksOf } from "./looks.ts";
import type { DataPaths } from "./openData.ts";
import { type Recorder, recorder } from "./recorder.ts";
import type { HeldOutFigures, RunFolder } from "./runFolder.ts";

export interface Training {
  readonly recipe: Recipe;
  readonly folder: RunFolder;
  readonly paths: DataPaths;
  /** To look at the network with; none where nothing is held out. */
  readonly objects: readonly Drawn[];
  /** Where the run stands. */
  readonly from: Standing;
  readonly device: DeviceName;
  /** That make batches. */
  readonly threads: number;
  /** In minutes. */
  readonly saveEvery: number;
  readonly terminal: Terminal;
}

export interface Trained {
  /** Whether the end was reached, or somebody stopped it before. */
  readonly isDone: boolean;
  /** All of the run, first taken first. */
  readonly looks: readonly HeldOutFigures[];
}

const MINUTE_MS = 60_000;

/** What goes on around the loop. */
interface Around {
  readonly progress: Progress;
  readonly record: Recorder;
  readonly looks: Looks;
  /** Of Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Ctrl-C ends it after the step that it is at, or before the next click of a look; all is saved. */
export async function runTraining(training: Training): Promise<Trained> {
  const { recipe, folder, from, terminal } = training;
  const total = stepsOf(recipe.curriculum);
  const progress = progressOn(terminal);
  const record = recorder(folder, configurationOf(recipe).name, total, terminal.now);
  const stop = new AbortController();
  const { signal } = stop;
  void terminal.interrupted().then(() => stop.abort());
  const looks = await looksAround(training, { progress, record, signal });
  try {
    if (looks.isDue(from.steps)) await looks.take(from);
    const isReached = await loopAround(training, { progress, record, looks, signal });
    return { isDone: isReached && !looks.isDue(total), looks: looks.all() };
  } catch (error) {
    // What led there may be told from the figures; the fault itself matters more than theirs.
    await record.flush(false).catch(() => {});
    throw error;
  } finally {
    progress.clear();
  }
}

async function looksAround(
  training: Training,
  { progress, record, signal }: Omit<Around, "looks">,
): Promise<Looks> {
  const { recipe, folder, objects, terminal } = training;
  const { now } = terminal;
  return looksOf({
    recipe,
    hasObjects: objects.length > 0,
    before: (await folder.figures()).filter((one) => one.kind === "held out"),
    look: (standing) => {
      const left = timeLeft(now, objects.length);
      const tell = () => progress.step(`Looking at held-out objects: ${left.tell()}`);
      const done = () => {
        left.done();
        tell();
      };
      tell();
      return heldOutFigures(standing, { ...training, now, signal, done });
    },
    best: async (standing) => {
      if (keepsBest(training)) await folder.saveWeights(standing);
    },
    taken: record.heldOut,
  });
}

/** Whether the weights that are left are those of a look, not those of the last checkpoint. */
function keepsBest({ recipe, objects }: Training): boolean {
  return recipe.keep === "best" && objects.length > 0;
}

/** @returns Whether the last step was reached. */
async function loopAround(
  training: Training,
  { progress, record, looks, signal }: Around,
): Promise<boolean> {
  const { recipe, folder, from, terminal } = training;
  const total = stepsOf(recipe.curriculum);
  const configuration = configurationOf(recipe);
  const device = await openDevice(training.device);
  const threads = startBatchThreads(
    { recipe, data: training.paths },
    training.threads,
    total,
    (id, why) => {
      progress.clear();
      terminal.talk(`passed over ${id}: ${why}\n`);
    },
  );
  try {
    const running = await trainer({
      network: network(configuration),
      recipe,
      takesStart: configuration.interaction.takesStart,
      device,
      from: from.state,
    });
    const left = timeLeft(terminal.now, total - from.steps);
    let saved = terminal.now();
    try {
      return await trainingLoop({
        trainer: running,
        recipe,
        done: from.steps,
        batchAt: threads.batchAt,
        told: async (step) => {
          left.done();
          progress.step(`Training: ${left.tell()}; ${told(step)}`);
          await record.step(step);
        },
        evaluate: looks.take,
        isTimeToSave: () => terminal.now() - saved >= training.saveEvery * MINUTE_MS,
        save: async (standing) => {
          // Figures first: those beyond a checkpoint are forgotten, those before it would be missed.
          await record.flush(standing.steps < total && !signal.aborted);
          await (keepsBest(training) ? folder.saveCheckpoint(standing) : folder.save(standing));
          saved = terminal.now();
        },
        isStopped: () => signal.aborted,
      });
    } finally {
      await running.dispose();
    }
  } finally {
    progress.clear();
    for (const note of device.notes) terminal.talk(`${note}\n`);
    await threads.close();
    await device.dispose();
  }
}

function told({ task, loss }: LoopStep): string {
  return `${task}, loss ${loss.toFixed(3)}`;
}
