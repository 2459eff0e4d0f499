/** Threads that make batches ahead of the training, and no further ahead than it can use soon. */

import type { Batch, Recipe } from "../../train/index.ts";
import { startThread } from "../startThread.ts";
import type { DataPaths } from "./openData.ts";

/** What a thread is started with. */
export interface BatchOrder {
  readonly recipe: Recipe;
  readonly data: DataPaths;
}

/** What it says of a step. */
export type Answer = {
  readonly step: number;
  /** Pictures that cannot be used, and why. */
  readonly passedOver: readonly (readonly [id: string, reason: string])[];
} & ({ readonly batch: Batch } | { readonly error: string });

export interface BatchThreads {
  /** The batch of a step; ask for one step after the other. */
  batchAt(step: number): Promise<Batch>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

/** Batches that each thread is ahead. */
const AHEAD = 2;

/**
 * @param steps Of the whole run: no batch is made for later ones.
 * @param told  Called once for every picture that is passed over.
 */
export function startBatchThreads(
  order: BatchOrder,
  threads: number,
  steps: number,
  told: (id: string, reason: string) => void,
): BatchThreads {
  const source = new URL("./batchThread.ts", import.meta.url);
  const all = Array.from({ length: threads }, () => startThread(source, order));
  const waiting = new Map<number, (answer: Answer) => void>();
  const made = new Map<number, Promise<Answer>>();
  const toldOf = new Set<string>();
  for (const { worker } of all) {
    worker.on("message", (answer: Answer) => waiting.get(answer.step)?.(answer));
  }

  /** Have a batch made, if nobody makes it yet. */
  function ordered(step: number): Promise<Answer> {
    const before = made.get(step);
    if (before !== undefined) return before;
    const thread = all[step % threads];
    const answered = new Promise<Answer>((resolve) => waiting.set(step, resolve));
    thread.worker.postMessage(step);
    const answer = thread.unlessEnded(answered);
    answer.catch(() => {});
    made.set(step, answer);
    return answer;
  }

  return {
    batchAt: async (step) => {
      for (let next = step; next < Math.min(steps, step + AHEAD * threads); next++)
        void ordered(next);
      const answer = await ordered(step);
      made.delete(step);
      waiting.delete(step);
      for (const [id, reason] of answer.passedOver) {
        if (!toldOf.has(id)) told(id, reason);
        toldOf.add(id);
      }
      if ("batch" in answer) return answer.batch;
      throw new Error(`train: no batch could be made for step ${step}: ${answer.error}`);
    },
    close: async () => {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}
