/** A worker: takes jobs from the queues of all batches, and does them in the threads of this machine. */

import { setTimeout as pause } from "node:timers/promises";
import type PgBoss from "pg-boss";
import type { Terminal } from "../terminal.ts";
import { type JobThreads, startJobThreads } from "./jobThreads.ts";
import { isQueueName, type QueuedJob, type QueuedOutcome } from "./queue.ts";
import { readBatch } from "./results.ts";

export interface Working {
  readonly threads: number;
  /** End when there is nothing left to do, instead of waiting for more. */
  readonly isOnce: boolean;
  readonly terminal: Terminal;
  /** When aborted, what was begun is finished and nothing else begun. */
  readonly stop: AbortSignal;
}

/** This long after nothing was found it is looked again. */
const POLL_MS = 1_000;

/**
 * @returns How many jobs were done.
 * @throws {Error} This machine cannot work on a batch: it does not see its folder, or cannot open its
 *   model. The jobs that it took are given back.
 */
export async function workQueue(boss: PgBoss, working: Working): Promise<number> {
  const { isOnce, stop } = working;
  let done = 0;
  while (!stop.aborted) {
    let found = 0;
    for (const { name } of await boss.getQueues()) {
      if (isQueueName(name) && !stop.aborted) found += await workBatch(boss, name, working);
    }
    done += found;
    if (found > 0) continue;
    // What others are at may yet come back.
    if (isOnce && (await openJobs(boss)) === 0) break;
    await boss.expire();
    await pause(POLL_MS, undefined, { signal: stop }).catch(() => {});
  }
  return done;
}

/** How many jobs are not done. */
async function openJobs(boss: PgBoss): Promise<number> {
  let open = 0;
  for (const { name } of await boss.getQueues()) {
    if (isQueueName(name)) open += await boss.getQueueSize(name, { before: "completed" });
  }
  return open;
}

/** Do jobs of one batch until there are none to be had. @returns How many. */
async function workBatch(
  boss: PgBoss,
  name: string,
  { threads, terminal, stop }: Working,
): Promise<number> {
  const pending = new Set<Promise<void>>();
  let pool: JobThreads | undefined;
  let broken: Error | undefined;
  let done = 0;
  const give = async (id: string): Promise<void> => {
    // Cancelled and resumed, it is as if nobody had tried.
    await boss.cancel(name, id);
    await boss.resume(name, id);
  };
  try {
    while (!stop.aborted && broken === undefined) {
      await pool?.room();
      const [taken] = await boss.fetch<QueuedJob>(name);
      if (taken === undefined) break;
      const { id, data } = taken;
      try {
        pool ??= startJobThreads(
          { settings: (await readBatch(data.folder)).settings, folder: data.folder },
          threads,
        );
      } catch (error) {
        await give(id);
        throw error;
      }
      const task = pool
        .do(data.job)
        .then(async (failed) => {
          const outcome: QueuedOutcome = failed === undefined ? {} : { failed };
          await boss.complete(name, id, outcome);
          done++;
          if (failed !== undefined) terminal.talk(`${data.job.picture}: ${failed}\n`);
        })
        .catch(async (error: Error) => {
          broken = error;
          await give(id);
        })
        .finally(() => pending.delete(task));
      pending.add(task);
    }
    await Promise.all(pending);
    if (broken !== undefined) throw broken;
    return done;
  } finally {
    for (const note of pool?.notes ?? []) terminal.talk(`${note}\n`);
    await pool?.close();
  }
}
