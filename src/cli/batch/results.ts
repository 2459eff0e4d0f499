/**
 * The folder of a batch while it goes on: one file per picture that is done, and `batch.json`, which
 * says what batch it is. It lies beside the results and goes when they are whole.
 */

import { existsSync, rmSync } from "node:fs";
import { mkdir, open, readdir, readFile, rmdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Job } from "../../batch/index.ts";
import { FormatError } from "../../formats/index.ts";
import { fileProblem, readBytes, writeFileAtomically } from "../../node/index.ts";
import { version } from "../version.ts";
import { partOf } from "./parts.ts";
import { type Settings, settingsSchema } from "./settings.ts";

/** A picture that could not be done. */
export interface Failure {
  readonly picture: string;
  readonly reason: string;
}

/** What `batch.json` holds. */
export interface BatchReport {
  readonly format: "maskwise batch";
  readonly version: 1;
  readonly maskwise: string;
  readonly settings: Settings;
  /** Whether every picture was tried. */
  readonly complete: boolean;
  /** Those with something known of their objects. */
  readonly pictures: number;
  readonly passedOver: number;
  /** In the order of the batch; those of the last run. */
  readonly failed: readonly Failure[];
}

const reportSchema: z.ZodType<BatchReport> = z.object({
  format: z.literal("maskwise batch"),
  version: z.literal(1),
  maskwise: z.string(),
  settings: settingsSchema,
  complete: z.boolean(),
  pictures: z.int().min(0),
  passedOver: z.int().min(0),
  failed: z.array(z.object({ picture: z.string(), reason: z.string() })),
});

const REPORT = "batch.json";
const LOCK = "batch.lock";

export interface Results {
  readonly folder: string;
  /** Whether a job's file is there; files are whole or not there at all. */
  isDone(job: Job): boolean;
  write(report: Pick<BatchReport, "complete" | "failed">): Promise<void>;
  /** The results are whole elsewhere: nothing is left to go on with. */
  remove(): Promise<void>;
  /** Others may work here again. */
  close(): void;
}

/** Whether a folder is that of a batch, to go on with. */
export function isBatch(folder: string): boolean {
  return existsSync(join(folder, REPORT));
}

/**
 * Begin a batch in a folder, or go on with it.
 *
 * @throws {Error} In the folder is something else, or another batch, or somebody is at work on it.
 */
export async function openResults(
  folder: string,
  settings: Settings,
  counts: Pick<BatchReport, "pictures" | "passedOver">,
): Promise<Results> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw fileProblem("batch", `a folder for the batch at "${folder}"`, cause);
  }
  await checkFolder(folder, settings);
  await lock(folder);
  const write: Results["write"] = ({ complete, failed }) => {
    const report: BatchReport = {
      format: "maskwise batch",
      version: 1,
      maskwise: version(),
      settings,
      complete,
      ...counts,
      failed,
    };
    return writeFileAtomically(join(folder, REPORT), `${JSON.stringify(report, undefined, 2)}\n`);
  };
  try {
    await write({ complete: false, failed: [] });
  } catch (error) {
    unlock(folder);
    throw error;
  }
  return {
    folder,
    isDone: (job) => existsSync(join(folder, partOf(job))),
    write,
    remove: async () => {
      // What says which batch it is goes last: until then the same command goes on with it.
      const names = (await readdir(folder)).filter((name) => name !== REPORT && name !== LOCK);
      for (const name of [...names, REPORT, LOCK]) {
        rmSync(join(folder, name), { recursive: true, force: true });
      }
      await rmdir(folder);
    },
    close: () => unlock(folder),
  };
}

/** What batch a folder holds. @throws {FormatError} None, or a damaged one. */
export async function readBatch(folder: string): Promise<BatchReport> {
  const bytes = await readBytes("batch", join(folder, REPORT), "what batch this is");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new FormatError(
      `${REPORT}: expected JSON, got "${(cause as Error).message}". Give the batch another folder.`,
      { cause },
    );
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new FormatError(
    `${REPORT}: expected what maskwise batch writes, got a fault at ${path.join(".") || "its root"}: ${message}. Give the batch another folder.`,
  );
}

async function checkFolder(folder: string, settings: Settings): Promise<void> {
  if (!isBatch(folder)) {
    // What a killed process left of its first file is no reason to stop.
    const others = (await readdir(folder)).filter(
      (name) => name !== LOCK && !name.endsWith(".tmp"),
    );
    if (others.length === 0) return;
    throw new Error(
      `batch: expected nothing but a batch in "${folder}", got ${others[0]}. Name another --out.`,
    );
  }
  const before = (await readBatch(folder)).settings;
  const differences = Object.keys({ ...before, ...settings }).filter((name) => {
    const key = name as keyof Settings;
    return JSON.stringify(before[key]) !== JSON.stringify(settings[key]);
  });
  if (differences.length > 0) {
    throw new Error(
      `batch: expected what the batch in "${folder}" was begun with, got other ${differences.map((name) => WORDS[name as keyof Settings]).join(", ")}. Name another --out, or give the same.`,
    );
  }
}

const WORDS: Readonly<Record<keyof Settings, string>> = {
  model: "--model",
  modelHash: "weights in the model's file",
  device: "--device",
  prompts: "--prompts",
  pictures: "folder of pictures",
  masks: "folder of masks",
  planHash: "pictures or prompts",
};

/** Two at work in one folder would take each other's half-written files for leftovers. */
async function lock(folder: string): Promise<void> {
  const path = join(folder, LOCK);
  const own = `${process.pid} ${hostname()}\n`;
  for (;;) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(own);
      await file.close();
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") {
        throw fileProblem("batch", `to be allowed to write in "${folder}"`, cause);
      }
    }
    const [pid, host] = (await readFile(path, "utf8").catch(() => "")).trim().split(" ");
    if (host !== undefined && (host !== hostname() || isAlive(Number(pid)))) {
      throw new Error(
        `batch: expected nobody else at work in "${folder}", got process ${pid} on ${host}. Wait for it; if there is no such process, remove ${LOCK}.`,
      );
    }
    // Its process was killed.
    rmSync(path, { force: true });
  }
}

function unlock(folder: string): void {
  rmSync(join(folder, LOCK), { force: true });
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
