/**
 * A batch over many machines: its jobs lie in PostgreSQL, kept by pg-boss. Workers take them, write the
 * results into the batch's folder, which all machines see, and say so. A job whose worker is
 * lost is given to another; one that loses three is set aside.
 */

import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type PgBoss from "pg-boss";
import type { Job } from "../../batch/index.ts";

/** A job as it lies in the queue. */
export interface QueuedJob {
  /** The folder of the batch, whose `batch.json` says the rest. */
  readonly folder: string;
  readonly job: Job;
}

/** What a worker says of a job that it is through with. */
export interface QueuedOutcome {
  /** Why there is no file. */
  readonly failed?: string;
}

/** A job is tried once and this often again. */
export const RETRIES = 2;

const PREFIX = "maskwise-";

/** Every batch has a queue of its own, named by its folder. */
export function queueName(folder: string): string {
  return `${PREFIX}${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16)}`;
}

export function isQueueName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** The id of a job in its queue. */
export function jobId(folder: string, { id }: Job): string {
  const digits = createHash("sha256")
    .update(`${resolve(folder)}\n${id}`)
    .digest("hex");
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * Connect to the database, and make what pg-boss keeps there where it is not yet.
 *
 * @param talk Told when something goes wrong between two calls.
 * @throws {Error} pg-boss is not installed, or the database cannot be used.
 */
export async function openQueue(url: string, talk: (text: string) => void): Promise<PgBoss> {
  const { default: Boss } = await import("pg-boss").catch((cause: NodeJS.ErrnoException) => {
    throw new Error(
      `queue: expected the package pg-boss, got "${cause.code === "ERR_MODULE_NOT_FOUND" ? "it is not installed" : cause.message}". Install it with "npm install pg-boss@10".`,
      { cause },
    );
  });
  const boss = new Boss({
    connectionString: url,
    application_name: "maskwise",
    // Nothing of ours happens at set times.
    schedule: false,
    maintenanceIntervalSeconds: 60,
  });
  boss.on("error", (error) => talk(`queue: ${reasonOf(error)}\n`));
  try {
    await boss.start();
  } catch (cause) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw new Error(
      `queue: expected a PostgreSQL database that may be written to, got "${reasonOf(cause)}". Check the address, the password and that the server runs.`,
      { cause },
    );
  }
  return boss;
}

export async function closeQueue(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: false, close: true });
}

/** Of several failed connections at once the message is empty. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || "no answer";
}
