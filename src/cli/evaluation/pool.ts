/** Threads that annotate objects; each has one at a time. */

import { once } from "node:events";
import type { Sample } from "../../evaluate/index.ts";
import type { DeviceName } from "../../node/index.ts";
import { startThread, type Thread } from "../startThread.ts";
import type { Job, Manner } from "./annotateItem.ts";

/** What a thread is started with. */
export interface Order {
  /** A name or a file. */
  readonly model: string;
  readonly device?: DeviceName;
  readonly manner: Manner;
}

/** What it says about a job. */
export type Answer =
  | { readonly sample: Sample; readonly notes: readonly string[] }
  | { readonly error: string };

export interface Pool {
  /** Resolves once a thread has done the job; rejects where the model failed at it. */
  annotate(job: Job): Promise<Sample>;
  /** What devices had to do otherwise than asked, so far. */
  readonly notes: ReadonlySet<string>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

export function startPool(order: Order, threads: number): Pool {
  const all = Array.from({ length: threads }, () =>
    startThread(new URL("./worker.ts", import.meta.url), order),
  );
  const free = [...all];
  const waiting: ((thread: Thread) => void)[] = [];
  const notes = new Set<string>();

  async function taken(): Promise<Thread> {
    return free.pop() ?? new Promise((resolve) => waiting.push(resolve));
  }

  function give(thread: Thread): void {
    const next = waiting.shift();
    if (next) next(thread);
    else free.push(thread);
  }

  return {
    notes,
    annotate: async (job) => {
      const thread = await taken();
      const answered = once(thread.worker, "message");
      answered.catch(() => {});
      thread.worker.postMessage(job);
      const [answer] = (await thread.unlessEnded(answered)) as [Answer];
      give(thread);
      if ("sample" in answer) {
        for (const note of answer.notes) notes.add(note);
        return answer.sample;
      }
      throw new Error(`evaluate: the model failed at ${job.set} ${job.id}: ${answer.error}`);
    },
    close: async () => {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}
