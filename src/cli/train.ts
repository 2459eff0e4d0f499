/** The run behind `maskwise train`, step by step. */

import { network } from "../models/index.ts";
import { type DeviceName, openDevice, readBytes } from "../node/index.ts";
import {
  configurationOf,
  type LoopStep,
  type Recipe,
  readRecipe,
  type Standing,
  sourcesOf,
  stepsOf,
  type Tensors,
  trainer,
  trainingLoop,
  weightsOf,
} from "../train/index.ts";
import { timeLeft } from "./evaluation/timeLeft.ts";
import { progressOn } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { startBatchThreads } from "./training/batchThreads.ts";
import { type Beginnings, firstWeights } from "./training/firstWeights.ts";
import { heldOutFigures, heldOutObjects } from "./training/heldOutFigures.ts";
import { type DataPaths, openData } from "./training/openData.ts";
import { recorder } from "./training/recorder.ts";
import { runFacts } from "./training/runFacts.ts";
import { type HeldOutFigures, type RunFolder, runFolder } from "./training/runFolder.ts";

export interface TrainRun extends Beginnings {
  /** A file. */
  readonly recipe: string;
  readonly data: DataPaths;
  /** A folder. */
  readonly out: string;
  readonly device: DeviceName;
  /** That make batches. */
  readonly threads: number;
  /** In minutes. */
  readonly saveEvery: number;
  readonly resume: boolean;
  readonly terminal: Terminal;
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

const MINUTE_MS = 60_000;

export async function train(run: TrainRun): Promise<void> {
  if (run.start !== undefined && run.encoder !== undefined) {
    run.usage("--encoder: expected it without --start, whose weights have an encoder already.");
  }
  const text = new TextDecoder().decode(await readBytes("train", run.recipe, "a recipe"));
  const recipe = readRecipe(run.recipe, text);
  const folder = runFolder(run.out, configurationOf(recipe), recipe);
  const before = await standingOf(folder, run);
  const data = await openData(run.data);
  const look = await looking(recipe, sourcesOf(recipe, data), run);
  if (before === undefined) {
    await folder.begin(text, runFacts(recipe.seed, run.device, run.data, data));
  } else {
    await folder.forgetFiguresFrom(before.steps);
  }
  const from = before?.state ?? (await firstWeights(configurationOf(recipe), recipe.seed, run));
  await trained(run, recipe, folder, { steps: before?.steps ?? 0, state: from }, look);
}

/** Where the run in the folder stands, `undefined` for one that begins. */
async function standingOf(
  folder: RunFolder,
  { resume, out, usage }: TrainRun,
): Promise<Standing | undefined> {
  if (resume) {
    const standing = await folder.standing();
    if (standing !== undefined) return standing;
    return usage(`--resume: expected a run with a checkpoint in "${out}", got none.`);
  }
  if (!folder.hasCheckpoint()) return undefined;
  return usage(
    `--out: expected a folder without a run, got "${out}", which has one. Add --resume to go on with it, or name another.`,
  );
}

type Looking = (standing: Standing) => Promise<HeldOutFigures | undefined>;

/** How the network is looked at; `undefined` comes of it where nothing is held out. */
async function looking(
  recipe: Recipe,
  split: ReturnType<typeof sourcesOf>,
  { device, terminal }: TrainRun,
): Promise<Looking> {
  const objects = await heldOutObjects(recipe, split);
  const configuration = configurationOf(recipe);
  return async ({ steps, state }) => {
    if (objects.length === 0) return undefined;
    // Its own, so that graphs with these weights inside go with it.
    const own = await openDevice(device);
    try {
      return await heldOutFigures(objects, recipe, {
        step: steps,
        configuration,
        weights: weightsOf(state, network(configuration)),
        device: own,
        now: terminal.now,
      });
    } finally {
      await own.dispose();
    }
  };
}

async function trained(
  run: TrainRun,
  recipe: Recipe,
  folder: RunFolder,
  { steps: done, state: from }: { readonly steps: number; readonly state: Tensors },
  look: Looking,
): Promise<void> {
  const { terminal } = run;
  const total = stepsOf(recipe.curriculum);
  const device = await openDevice(run.device);
  const configuration = configurationOf(recipe);
  const running = await trainer({
    network: network(configuration),
    recipe,
    takesStart: configuration.interaction.takesStart,
    device,
    from,
  });
  const progress = progressOn(terminal);
  const threads = startBatchThreads({ recipe, data: run.data }, run.threads, total, (id, why) => {
    progress.clear();
    terminal.talk(`passed over ${id}: ${why}\n`);
  });
  const record = recorder(folder, configuration.name, total, terminal.now);
  const left = timeLeft(terminal.now, total - done);
  const stop = { isAsked: false };
  void terminal.interrupted().then(() => {
    stop.isAsked = true;
  });
  let saved = terminal.now();
  let last: HeldOutFigures | undefined;
  try {
    const isDone = await trainingLoop({
      trainer: running,
      recipe,
      done,
      batchAt: threads.batchAt,
      told: async (step) => {
        left.done();
        progress.step(`Training: ${left.tell()}; ${told(step)}`);
        await record.step(step);
      },
      evaluate: async (standing) => {
        progress.step("Looking at held-out pictures");
        last = await look(standing);
        if (last !== undefined) await record.heldOut(last);
      },
      isTimeToSave: () => terminal.now() - saved >= run.saveEvery * MINUTE_MS,
      save: async (standing) => {
        await folder.save(standing);
        await record.flush(standing.steps < total && !stop.isAsked);
        saved = terminal.now();
      },
      isStopped: () => stop.isAsked,
    });
    progress.clear();
    for (const note of device.notes) terminal.talk(`${note}\n`);
    if (!isDone) {
      throw new Error(
        `train: expected to finish, got stopped. All is in "${run.out}"; add --resume to go on.`,
      );
    }
    await terminal.result(`${inWords(total, last)}\n`);
  } catch (error) {
    // What led there may be told from the figures; the fault itself matters more than theirs.
    await record.flush(false).catch(() => {});
    throw error;
  } finally {
    progress.clear();
    await threads.close();
    await running.dispose();
    await device.dispose();
  }
}

function told({ task, loss }: LoopStep): string {
  return `${task}, loss ${loss.toFixed(3)}`;
}

function inWords(total: number, last: HeldOutFigures | undefined): string {
  if (last === undefined) return `${total} steps done; nothing was held out to look at.`;
  const { objects, miou, noc } = last;
  const first = miou[0];
  return [
    `${total} steps done; on ${objects} held-out objects`,
    `mean IoU ${first === null ? "–" : (100 * first).toFixed(1)} % after a click,`,
    `${noc["90"].toFixed(2)} clicks to 90 %.`,
  ].join(" ");
}
