/** All jobs of a batch, done by threads of this machine. */

import type { Job } from "../../batch/index.ts";
import { timeLeft } from "../evaluation/timeLeft.ts";
import { progressOn } from "../progress.ts";
import type { Terminal } from "../terminal.ts";
import { type Order, startJobThreads } from "./jobThreads.ts";

export interface InThreads {
  readonly order: Order;
  readonly threads: number;
  readonly terminal: Terminal;
}

/**
 * Resolves when all is done, or, after Ctrl-C, what was begun.
 *
 * @returns Why jobs failed.
 * @throws {Error} The model cannot be opened.
 */
export async function runInThreads(
  jobs: readonly Job[],
  { order, threads, terminal }: InThreads,
): Promise<ReadonlyMap<Job, string>> {
  const reasons = new Map<Job, string>();
  if (jobs.length === 0) return reasons;
  const progress = progressOn(terminal);
  const left = timeLeft(terminal.now, jobs.length);
  const pool = startJobThreads(order, threads);
  const end: { reason?: "stopped" | Error } = {};
  const stopped = terminal.interrupted().then(() => {
    end.reason ??= "stopped";
    progress.step("Stopping after the pictures at hand");
  });
  const pending = new Set<Promise<void>>();
  try {
    for (const job of jobs) {
      await Promise.race([pool.room(), stopped]);
      if (end.reason !== undefined) break;
      const task = pool
        .do(job)
        .then((reason) => {
          if (reason !== undefined) reasons.set(job, reason);
          left.done();
          if (end.reason === undefined) progress.step(`Segmenting pictures: ${left.tell()}`);
        })
        .catch((error: Error) => {
          end.reason = error;
        })
        .finally(() => pending.delete(task));
      pending.add(task);
    }
    await Promise.all(pending);
    if (end.reason instanceof Error) throw end.reason;
    return reasons;
  } finally {
    progress.clear();
    for (const note of pool.notes) terminal.talk(`${note}\n`);
    await pool.close();
  }
}
