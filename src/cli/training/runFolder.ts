/** The folder of a training run: what it was made from, where it stands, and its figures. */

import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type NetworkConfiguration, network, writeNetworkFile } from "../../models/index.ts";
import {
  type FileToWrite,
  fileProblem,
  readBytes,
  writeFileAtomically,
  writeFilesAtomically,
} from "../../node/index.ts";
import {
  type LoopStep,
  type Recipe,
  readCheckpoint,
  type Standing,
  weightsOf,
  writeCheckpoint,
} from "../../train/index.ts";

/** How good the network was on pictures it had not seen. */
export interface HeldOutFigures {
  /** Steps done. */
  readonly step: number;
  readonly objects: number;
  /** Mean IoU after each click. */
  readonly miou: readonly (number | null)[];
  /** Mean number of clicks to reach a percentage of IoU. */
  readonly noc: Readonly<Record<string, number>>;
}

/** A line of `figures.jsonl`. */
export type Figure =
  | ({ readonly kind: "step"; readonly seconds: number } & LoopStep)
  | ({ readonly kind: "held out" } & HeldOutFigures);

/** What a run is made from. */
export interface RunFacts {
  readonly maskwise: string;
  /** Of the source tree that it runs from, where there is one. */
  readonly commit: string | undefined;
  readonly seed: number;
  readonly device: string;
  /** Where the data lay, and a hash of the names of all its pictures. */
  readonly data: Readonly<Record<string, { readonly path: string; readonly names: string }>>;
}

export interface RunFolder {
  hasCheckpoint(): boolean;
  /** The checkpoint of the run, `undefined` where none was made yet. */
  standing(): Promise<Standing | undefined>;
  /** Make the folder, with the recipe as it was written, and what the run is made from. */
  begin(recipeText: string, facts: RunFacts): Promise<void>;
  /** Replaces the checkpoint and the weights beside it; neither is ever there by half. */
  save(standing: Standing): Promise<void>;
  saveCheckpoint(standing: Standing): Promise<void>;
  saveWeights(standing: Standing): Promise<void>;
  addFigures(figures: readonly Figure[]): Promise<void>;
  /** All figures, first written first. */
  figures(): Promise<readonly Figure[]>;
  /** Forget figures of later steps: they will come again. */
  forgetFiguresFrom(step: number): Promise<void>;
  writePage(html: string): Promise<void>;
}

export function runFolder(
  path: string,
  configuration: NetworkConfiguration,
  recipe: Recipe,
): RunFolder {
  const trained = network(configuration);
  const at = (name: string): string => join(path, name);
  const CHECKPOINT = at("checkpoint.safetensors");
  const FIGURES = at("figures.jsonl");

  async function figures(): Promise<readonly Figure[]> {
    if (!existsSync(FIGURES)) return [];
    // What follows the last line end was cut off on its way, as when the power fails.
    const lines = (await readFile(FIGURES, "utf8")).split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Figure);
  }

  const checkpoint = (standing: Standing): FileToWrite => ({
    path: CHECKPOINT,
    data: writeCheckpoint(standing, trained, recipe),
  });

  const weights = ({ steps, state }: Standing): FileToWrite => ({
    path: at("weights.safetensors"),
    data: writeNetworkFile({
      configuration,
      numbers: weightsOf(state, trained),
      notes: { seed: `${recipe.seed}`, steps: `${steps}` },
    }),
  });

  async function written(files: readonly FileToWrite[]): Promise<void> {
    try {
      await writeFilesAtomically(files);
    } catch (cause) {
      if (!existsSync(CHECKPOINT)) throw cause;
      const { message } = cause as Error;
      throw new Error(`${message} The last checkpoint is whole: add --resume to go on from it.`, {
        cause,
      });
    }
  }

  return {
    hasCheckpoint: () => existsSync(CHECKPOINT),
    standing: async () => {
      if (!existsSync(CHECKPOINT)) return undefined;
      return readCheckpoint(await readBytes("train", CHECKPOINT, "a checkpoint"), trained, recipe);
    },
    begin: async (recipeText, facts) => {
      await mkdir(path, { recursive: true }).catch((cause) => {
        throw fileProblem("train", `a folder for the run at "${path}"`, cause);
      });
      await writeFilesAtomically([
        { path: at("recipe.yaml"), data: recipeText },
        { path: at("run.json"), data: `${JSON.stringify(facts, undefined, 2)}\n` },
        { path: FIGURES, data: "" },
      ]);
    },
    save: (standing) => written([checkpoint(standing), weights(standing)]),
    saveCheckpoint: (standing) => written([checkpoint(standing)]),
    saveWeights: (standing) => written([weights(standing)]),
    addFigures: async (more) => {
      const { size } = await stat(FIGURES);
      try {
        await appendFile(FIGURES, linesOf(more));
      } catch (cause) {
        await truncate(FIGURES, size).catch(() => {});
        throw fileProblem("train", `to add to "${FIGURES}"`, cause);
      }
    },
    figures,
    forgetFiguresFrom: async (step) => {
      const kept = (await figures()).filter((one) =>
        one.kind === "step" ? one.step < step : one.step <= step,
      );
      await writeFileAtomically(FIGURES, linesOf(kept));
    },
    writePage: (html) => writeFileAtomically(at("curves.html"), html),
  };
}

function linesOf(figures: readonly Figure[]): string {
  return figures.map((figure) => `${JSON.stringify(figure)}\n`).join("");
}
