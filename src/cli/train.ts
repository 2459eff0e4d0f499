/** The run behind `maskwise train`: what was typed, put together. */

import { join } from "node:path";
import type { DeviceName } from "../node/index.ts";
import { configurationOf, readRecipe, type Standing, sourcesOf } from "../train/index.ts";
import type { Terminal } from "./terminal.ts";
import { firstWeights } from "./training/firstWeights.ts";
import { heldOutObjects } from "./training/heldOutFigures.ts";
import { type GivenData, namedData } from "./training/namedData.ts";
import { openData } from "./training/openData.ts";
import { kept, outcome } from "./training/outcome.ts";
import { fineTuningRecipe, type RecipeText, recipeIn } from "./training/recipeText.ts";
import { runFacts } from "./training/runFacts.ts";
import { type RunFolder, runFolder } from "./training/runFolder.ts";
import { runTraining } from "./training/runTraining.ts";

export interface TrainRun {
  /** A file; without it that of the folder which is resumed, or that for fine-tuning. */
  readonly recipe: string | undefined;
  readonly data: readonly GivenData[];
  /** A folder. */
  readonly out: string;
  readonly device: DeviceName;
  /** That make batches. */
  readonly threads: number;
  /** In minutes. */
  readonly saveEvery: number;
  readonly resume: boolean;
  /** Weights that come with the package, by name, or a file. */
  readonly fineTune?: string;
  /** The same, but for a recipe of one's own. */
  readonly start?: string;
  /** A file of a MobileNetV2. */
  readonly encoder?: string;
  readonly terminal: Terminal;
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

export async function train(run: TrainRun): Promise<void> {
  const start = startOf(run);
  const { name, text } = await recipeOf(run, start);
  const recipe = readRecipe(name, text);
  const configuration = configurationOf(recipe);
  const paths = namedData(recipe, run.data, run.usage);
  const folder = runFolder(run.out, configuration, recipe);
  const before = await standingOf(folder, run);
  const data = await openData(paths);
  const objects = await heldOutObjects(recipe, sourcesOf(recipe, data));
  const from = before ?? {
    steps: 0,
    state: await firstWeights(configuration, recipe.seed, { start, encoder: run.encoder }),
  };
  if (before === undefined) {
    await folder.begin(text, runFacts(recipe.seed, run.device, paths, data));
  } else {
    await folder.forgetFiguresFrom(before.steps);
  }
  const { isDone, looks } = await runTraining({ ...run, recipe, folder, paths, objects, from });
  const comparison = recipe.keep === "best" && looks.length > 1 ? kept(looks, run.out) : undefined;
  if (isDone) return run.terminal.result(`${comparison ?? outcome(recipe, looks)}\n`);
  if (comparison !== undefined) run.terminal.talk(`${comparison}\n`);
  throw new Error(
    `train: expected to finish, got stopped. All is in "${run.out}"; add --resume to go on.`,
  );
}

/** The weights to begin with, by name or file. */
function startOf({ fineTune, start, encoder, usage }: TrainRun): string | undefined {
  const given = Object.entries({ "--fine-tune": fineTune, "--start": start, "--encoder": encoder });
  const [, second] = given.filter(([, file]) => file !== undefined);
  if (second !== undefined) {
    usage(`${second[0]}: expected one file of weights to begin with, got another before it.`);
  }
  return fineTune ?? start;
}

async function recipeOf(run: TrainRun, start: string | undefined): Promise<RecipeText> {
  const { recipe, resume, out, fineTune, usage } = run;
  if (recipe !== undefined) return recipeIn(recipe);
  if (resume) return recipeIn(join(out, "recipe.yaml"));
  if (fineTune !== undefined && start !== undefined) return fineTuningRecipe(start);
  return usage("expected a recipe, or --fine-tune, which has its own; got neither.");
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
