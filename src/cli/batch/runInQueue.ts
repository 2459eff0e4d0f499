/** All jobs of a batch, done by whoever takes them from the queue. */

import { setTimeout as pause } from "node:timers/promises";
import type PgBoss from "pg-boss";
import type { Job } from "../../batch/index.ts";
import { timeLeft } from "../evaluation/timeLeft.ts";
import { progressOn } from "../progress.ts";
import type { Terminal } from "../terminal.ts";
import {
  closeQueue,
  jobId,
  openQueue,
  type QueuedJob,
  type QueuedOutcome,
  queueName,
  RETRIES,
} from "./queue.ts";
import type { Results } from "./results.ts";

export interface InQueue {
  /** Of the database. */
  readonly url: string;
  /** Those that are done already, too. */
  readonly all: readonly Job[];
  readonly results: Results;
  /** A worker that is through with a picture by then is not thought lost, in seconds. */
  readonly leaseSeconds: number;
  readonly terminal: Terminal;
}

/** So many jobs go to the database at a time. */
const AT_ONCE = 1_000;
const POLL_MS = 1_000;
/** After so long without a worker it is said how to start one. */
const PATIENCE_MS = 10_000;
const WITHOUT_WORKERS =
  "No worker has begun yet. Start some, on any machine that sees the folders:\n  maskwise worker --queue URL\n";

/**
 * Resolves when all jobs are done or set aside, or after Ctrl-C; workers then go on by themselves.
 *
 * @returns Why jobs failed.
 */
export async function runInQueue(
  jobs: readonly Job[],
  { url, all, results, leaseSeconds, terminal }: InQueue,
): Promise<ReadonlyMap<Job, string>> {
  if (jobs.length === 0) return new Map();
  const { folder } = results;
  const name = queueName(folder);
  const ids = all.map((job) => jobId(folder, job));
  const boss = await openQueue(url, terminal.talk);
  try {
    // What an earlier run left there is either done or put there again.
    await removeQueue(boss, name, ids);
    await boss.createQueue(name, {
      name,
      retryLimit: RETRIES,
      expireInSeconds: leaseSeconds,
    });
    for (let at = 0; at < jobs.length; at += AT_ONCE) {
      await boss.insert(
        jobs.slice(at, at + AT_ONCE).map((job) => ({
          name,
          id: jobId(folder, job),
          data: { folder, job } satisfies QueuedJob,
        })),
      );
    }
    const isDone = await watched(boss, name, jobs.length, terminal);
    if (!isDone) return new Map();
    const reasons = await reasonsOf(boss, name, jobs, results);
    await removeQueue(boss, name, ids);
    return reasons;
  } finally {
    await closeQueue(boss);
  }
}

/** pg-boss removes a queue only after its jobs. */
async function removeQueue(boss: PgBoss, name: string, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    await boss.deleteJob(name, ids.slice(at, at + AT_ONCE));
  }
  await boss.deleteQueue(name);
}

/** @returns Whether all jobs came to an end; otherwise somebody pressed Ctrl-C. */
async function watched(
  boss: PgBoss,
  name: string,
  total: number,
  terminal: Terminal,
): Promise<boolean> {
  const progress = progressOn(terminal);
  // The time until the first worker comes says nothing of how long the rest will take.
  let left = timeLeft(terminal.now, total);
  const stop = new AbortController();
  void terminal.interrupted().then(() => stop.abort());
  const begun = terminal.now();
  let done = 0;
  let hasBegun = false;
  let isTold = false;
  try {
    while (!stop.signal.aborted) {
      // Jobs of lost workers come back only when somebody looks.
      await boss.expire();
      const open = await boss.getQueueSize(name, { before: "completed" });
      if (open === 0) return true;
      if (!hasBegun) {
        hasBegun = (await boss.getQueueSize(name, { before: "active" })) < total;
        left = timeLeft(terminal.now, total);
        if (!hasBegun && !isTold && terminal.now() - begun > PATIENCE_MS) {
          progress.clear();
          terminal.talk(WITHOUT_WORKERS);
          isTold = true;
        }
      }
      for (; done < total - open; done++) left.done();
      progress.step(`Segmenting pictures: ${left.tell()}`);
      await pause(POLL_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
    return false;
  } finally {
    progress.clear();
  }
}

/** Why there is no file for some jobs, as their workers said, or that none lived to say it. */
async function reasonsOf(
  boss: PgBoss,
  name: string,
  jobs: readonly Job[],
  results: Results,
): Promise<ReadonlyMap<Job, string>> {
  const reasons = new Map<Job, string>();
  for (const job of jobs) {
    if (results.isDone(job)) continue;
    const found = await boss.getJobById(name, jobId(results.folder, job), { includeArchive: true });
    const { failed } = (found?.output ?? {}) as QueuedOutcome;
    reasons.set(
      job,
      failed ??
        (found?.state === "failed"
          ? `set aside: ${RETRIES + 1} workers were lost over it, or took longer than --lease.`
          : "its worker said that it was done, and there is no file. Does it see the same folder?"),
    );
  }
  return reasons;
}
