/** Figures of a run on their way into its folder: some lines at a time, the page now and then. */

import type { LoopStep } from "../../train/index.ts";
import type { Figure, HeldOutFigures, RunFolder } from "./runFolder.ts";

export interface Recorder {
  step(step: LoopStep): Promise<void>;
  heldOut(figures: HeldOutFigures): Promise<void>;
  /** Write all that is known. @param isGoing Whether there will be more. */
  flush(isGoing: boolean): Promise<void>;
}

/** The page and the lines are written this often. */
const FLUSH_MS = 15_000;

/**
 * @param total Steps of the whole run.
 * @param now   A clock in milliseconds.
 */
export function recorder(
  folder: RunFolder,
  title: string,
  total: number,
  now: () => number,
): Recorder {
  let waiting: Figure[] = [];
  let before = now();
  let flushed = before;

  async function flush(isGoing: boolean): Promise<void> {
    const lines = waiting;
    waiting = [];
    flushed = now();
    await folder.addFigures(lines);
    // Plots come with a large library, which other commands need not wait for.
    const { curvesPage } = await import("./curvesPage.ts");
    await folder.writePage(await curvesPage(title, await folder.figures(), total, isGoing));
  }

  return {
    step: async (step) => {
      const time = now();
      waiting.push({ kind: "step", seconds: Number(((time - before) / 1000).toFixed(3)), ...step });
      before = time;
      if (time - flushed >= FLUSH_MS) await flush(true);
    },
    heldOut: async (figures) => {
      waiting.push({ kind: "held out", ...figures });
      await flush(true);
      // The look is no part of the next step.
      before = now();
    },
    flush,
  };
}
