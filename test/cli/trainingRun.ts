/** Short runs of `maskwise train` on drawn scenes. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Terminal } from "../../src/cli/terminal.ts";
import { sceneFolder } from "../support/sceneFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type Typed, type } from "./typed.ts";

/** Four steps of the smallest network there is. */
export const RECIPE = `
network: tiny # the smallest there is
sources: { scenes: 1 }
heldOut: 0.3
crop: { side: 64, scale: [0.9, 1.5], least: 0.02 }
clicks: { most: 3 }
curriculum: [{ steps: 4, tasks: { first: 1, correction: 1, loop: 1 } }]
batch: 1
loss: { focal: 1, iou: 1 }
optimiser: { name: sgd, rate: 0.01 }
averaging: 0.5
evaluation: { every: 100, objects: 1, clicks: 2 }
`;

/** Nobody presses Ctrl-C, and no time passes. */
export const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };

export interface Run {
  readonly folder: string;
  /** The folder of the run. */
  readonly out: string;
  readonly data: string;
  readonly recipe: string;
  train(...words: readonly string[]): Promise<Typed>;
  /** With another terminal than the patient one. */
  trainAt(terminal: Partial<Terminal>, ...words: readonly string[]): Promise<Typed>;
}

/** A run of the recipe in a text, on six scenes called `scenes`. */
export async function run(text = RECIPE): Promise<Run> {
  const folder = temporaryFolder();
  const data = await sceneFolder(6);
  const recipe = join(folder, "recipe.yaml");
  const out = join(folder, "run");
  writeFileSync(recipe, text);
  const typed = ["train", recipe, "--data", `scenes=${data}`, "--out", out];
  return {
    folder,
    data,
    out,
    recipe,
    train: (...words) => type([...typed, ...words], PATIENT),
    trainAt: (terminal, ...words) => type([...typed, ...words], { ...PATIENT, ...terminal }),
  };
}

/** The lines of `figures.jsonl`. */
export function figures(out: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(join(out, "figures.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** A terminal on which Ctrl-C is pressed when something is said or asked for the time after that. */
export function stoppedOnceTold(wanted: RegExp): Partial<Terminal> {
  let stopNow = () => {};
  let time = 0;
  return {
    interrupted: () =>
      new Promise((resolve) => {
        stopNow = resolve;
      }),
    // Progress is told every few seconds.
    now: () => (time += 10_000),
    talk: (text) => {
      if (wanted.test(text)) stopNow();
    },
  };
}
