/** The run behind `maskwise batch`, step by step. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Job, PromptKind } from "../batch/index.ts";
import type { AnnotationFormatName } from "../formats/index.ts";
import {
  checkWritable,
  type DeviceName,
  isModelFile,
  readBytes,
  removeHalfWritten,
} from "../node/index.ts";
import { partsOf } from "./batch/parts.ts";
import { type BatchPlan, planBatch } from "./batch/planBatch.ts";
import { type Failure, isBatch, openResults, type Results } from "./batch/results.ts";
import { runInQueue } from "./batch/runInQueue.ts";
import { runInThreads } from "./batch/runInThreads.ts";
import type { Settings } from "./batch/settings.ts";
import { chosenFormat, writeResults } from "./batch/writeResults.ts";
import type { Terminal } from "./terminal.ts";

export interface BatchRun {
  readonly source: string;
  readonly prompts: readonly PromptKind[];
  readonly from?: string;
  readonly out: string;
  readonly format?: AnnotationFormatName;
  readonly model: string;
  readonly device?: DeviceName;
  readonly workers?: { readonly threads: number } | { readonly queue: string };
  /** Of a queue: a worker that is through with a picture by then is not thought lost, in seconds. */
  readonly lease: number;
  readonly terminal: Terminal;
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

/** So many failures are told on the screen; all of them are in `batch.json`. */
const TOLD = 10;

export async function batch(run: BatchRun): Promise<void> {
  const { out } = run;
  const plan = await planBatch(run);
  const folder = `${resolve(out)}.parts`;
  const isBefore = isBatch(folder);
  if (!isBefore) await checkNew(out, folder);
  const settings = await settingsOf(run, plan);
  const counts = { pictures: plan.jobs.length, passedOver: plan.passedOver };
  const results = await openResults(folder, settings, counts);
  try {
    const failed = await done(run, settings, plan, results);
    const jobs = plan.jobs.filter((job) => results.isDone(job));
    await writeResults(out, {
      format: run.format ?? chosenFormat(out),
      categories: plan.categories,
      images: partsOf(folder, jobs),
      stageIn: folder,
      replace: isBefore,
    });
    await results.write({ complete: true, failed });
    if (failed.length === 0) await results.remove();
    tell(run, plan, failed, folder);
  } finally {
    results.close();
  }
}

/** Nothing is written over, and that is known before hours of work. */
async function checkNew(out: string, folder: string): Promise<void> {
  // It is there where a process was killed before it could say what batch this is.
  if (!existsSync(folder)) await checkWritable(folder);
  const there = await readdir(out).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOENT" ? [] : [basename(out)],
  );
  if (there.length === 0) return;
  throw new Error(
    `batch: expected --out to name something new, got "${out}", where there is ${there[0]}. Name another.`,
  );
}

/** Do what is not done yet. @throws {Error} Stopped before the end. */
async function done(
  run: BatchRun,
  settings: Settings,
  plan: BatchPlan,
  results: Results,
): Promise<readonly Failure[]> {
  const { terminal } = run;
  const left = plan.jobs.filter((job) => !results.isDone(job));
  const before = plan.jobs.length - left.length;
  if (before > 0) terminal.talk(`${before} of ${plan.jobs.length} pictures are done already.\n`);
  const reasons = await reasonsOf(left, plan.jobs, run, settings, results);
  const failed = left.flatMap((job): readonly Failure[] => {
    const reason = reasons.get(job);
    return reason === undefined ? [] : [{ picture: job.picture, reason }];
  });
  const missing = left.filter((job) => !reasons.has(job) && !results.isDone(job)).length;
  if (missing === 0) {
    await removeHalfWritten(results.folder);
    return failed;
  }
  await results.write({ complete: false, failed });
  throw new Error(
    `batch: expected to finish, got stopped after ${plan.jobs.length - missing} of ${plan.jobs.length} pictures. What is done is kept; the same command goes on.`,
  );
}

/** Have the jobs done, here or by others. @returns Why some failed. */
async function reasonsOf(
  left: readonly Job[],
  all: readonly Job[],
  { workers, device, lease: leaseSeconds, terminal }: BatchRun,
  settings: Settings,
  results: Results,
): Promise<ReadonlyMap<Job, string>> {
  if (workers !== undefined && "queue" in workers) {
    return runInQueue(left, { url: workers.queue, all, results, leaseSeconds, terminal });
  }
  const threads = workers?.threads ?? defaultThreads(device);
  await removeHalfWritten(results.folder);
  return runInThreads(left, {
    order: { settings, folder: results.folder },
    threads: Math.max(1, Math.min(threads, left.length)),
    terminal,
  });
}

async function settingsOf(
  { model, device, prompts }: BatchRun,
  plan: BatchPlan,
): Promise<Settings> {
  const planHash = createHash("sha256");
  for (const job of plan.jobs) planHash.update(`${JSON.stringify(job)}\n`);
  const modelHash = isModelFile(model)
    ? sha256(await readBytes("batch", model, "a model"))
    : undefined;
  return {
    // A worker may start in another folder.
    model: isModelFile(model) ? resolve(model) : model,
    ...(modelHash !== undefined && { modelHash }),
    ...(device !== undefined && { device }),
    prompts,
    pictures: plan.pictures,
    ...(plan.masks !== undefined && { masks: plan.masks }),
    planHash: planHash.digest("hex"),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** GPUs do one thing at a time. */
function defaultThreads(device: DeviceName | undefined): number {
  return device === "cuda" || device === "webgpu" ? 1 : availableParallelism();
}

function tell(
  { terminal, out }: BatchRun,
  { jobs, passedOver }: BatchPlan,
  failed: readonly Failure[],
  folder: string,
): void {
  const words = [`${jobs.length - failed.length} of ${jobs.length} pictures done`];
  if (failed.length > 0) words.push(`${failed.length} failed`);
  if (passedOver > 0) words.push(`${passedOver} of which nothing is known passed over`);
  terminal.talk(`${words.join(", ")}\nwrote ${out}\n`);
  if (failed.length === 0) return;
  for (const { picture, reason } of failed.slice(0, TOLD)) {
    terminal.talk(`  ${picture}: ${reason}\n`);
  }
  throw new Error(
    `batch: expected masks of all pictures, got ${failed.length} that failed, which "${join(folder, "batch.json")}" lists. The same command tries them again.`,
  );
}
