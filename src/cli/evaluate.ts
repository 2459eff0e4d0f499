/** The run behind `maskwise evaluate`, step by step. */

import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import type { PatternName } from "../clicks/index.ts";
import { type DataSet, dataSetsIn, type ReaderName } from "../data/index.ts";
import {
  compared,
  protocol,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Report,
} from "../evaluate/index.ts";
import {
  checkWritable,
  type DeviceName,
  dataFiles,
  type FileToWrite,
  writeFilesAtomically,
} from "../node/index.ts";
import { randomNumbers } from "../tensor/index.ts";
import { chosenSets } from "./evaluation/chosenSets.ts";
import { evaluateSets, type Progressing, setReports } from "./evaluation/evaluateSets.ts";
import { evaluationModel } from "./evaluation/evaluationModel.ts";
import { startPool } from "./evaluation/pool.ts";
import { readReport, writeReport } from "./evaluation/reportFile.ts";
import { deviceName, runNames } from "./evaluation/runNames.ts";
import { comparisonLines, skippedLines, tableOf } from "./evaluation/table.ts";
import { timeLeft } from "./evaluation/timeLeft.ts";
import { progressOn } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

export interface EvaluateRun {
  /** A folder, or a file in it. */
  readonly data: string;
  /** How the folder is laid out; without it, it is recognised. */
  readonly format?: ReaderName;
  readonly set?: readonly string[];
  readonly model: string;
  readonly device?: DeviceName;
  readonly clicks: number;
  readonly pattern: PatternName;
  readonly seed: number;
  readonly flip: boolean;
  readonly zoom: boolean;
  readonly max: number;
  readonly threads?: number;
  readonly compare: readonly string[];
  readonly json?: string;
  readonly html?: string;
  /** A folder. */
  readonly figures?: string;
  readonly table?: string;
  readonly resume: boolean;
  readonly strict: boolean;
  readonly terminal: Terminal;
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

/** Names, as they stand in the report. */
interface Evaluated {
  readonly model: string;
  readonly device: string;
}

/** A report on the way is written this often, so that little is lost when the power fails. */
const SAVE_MS = 30_000;

export async function evaluate(run: EvaluateRun): Promise<void> {
  const { terminal, usage, json } = run;
  if (run.resume && json === undefined) {
    usage("--resume: expected --json with the report to continue, got none.");
  }
  const { model, device } = await evaluationModel(run.model, run.device);
  const what = { model: model.name, device: device.name };
  const sets = chosenSets(await dataSetsIn(dataFiles(run.data), run.format), run.set, usage);
  const others = await Promise.all(run.compare.map(readReport));
  for (const path of [json, run.html, run.table]) if (path !== undefined) await checkWritable(path);
  const before = run.resume && json !== undefined ? await reportBefore(json, what, run) : undefined;
  const report = await evaluated(sets, before, what, run);
  if (json !== undefined) await writeReport(json, report);
  await writePages(report, others, sets, run);
  await terminal.result(tableOf(report));
  terminal.talk(skippedLines(report));
  if (!report.complete) throw new Error(stoppedMessage(report, json));
  await compareWith(others, report, terminal);
}

async function evaluated(
  sets: readonly DataSet[],
  before: Report | undefined,
  what: Evaluated,
  run: EvaluateRun,
): Promise<Report> {
  const { terminal, json } = run;
  const threads = run.threads ?? availableParallelism();
  const manner = mannerOf(run);
  const about = {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    maskwise: version(),
    protocol: protocol(manner),
    model: what.model,
    device: `${what.device}; ${cpus()[0]?.model ?? "unknown processor"}, ${threads} threads, Node ${process.version}`,
  } as const;
  const into: Progressing[] = [];
  const reportNow = (complete: boolean): Report => ({ ...about, complete, sets: setReports(into) });
  const progress = progressOn(terminal);
  const total = totalOf(sets, before, run.max);
  const left = timeLeft(terminal.now, total);
  let saved = terminal.now();
  let saving = Promise.resolve();
  const pool = startPool(
    { model: run.model, ...(run.device && { device: run.device }), manner },
    threads,
  );
  const stopped = terminal.interrupted().then(() => "stopped" as const);
  const looping = {
    pool,
    threads,
    max: run.max,
    strict: run.strict,
    before: (set: string) => before?.sets[set],
    changed: async (what: "began" | "done", set: string) => {
      if (what === "done") left.done();
      progress.step(`Evaluating ${set}: ${left.tell()}`);
      if (json === undefined || terminal.now() - saved < SAVE_MS) return;
      saved = terminal.now();
      saving = writeReport(json, reportNow(false));
      await saving;
    },
  };
  try {
    const finished = evaluateSets(sets, looping, into).then(() => "finished" as const);
    // After a stop nobody listens to it any more.
    finished.catch(() => {});
    return reportNow((await Promise.race([finished, stopped])) === "finished");
  } finally {
    progress.clear();
    for (const note of pool.notes) terminal.talk(`${note}\n`);
    await pool.close();
    // What is written next is newer.
    await saving;
  }
}

async function writePages(
  report: Report,
  others: readonly Report[],
  sets: readonly DataSet[],
  { html, figures, table }: EvaluateRun,
): Promise<void> {
  const files: FileToWrite[] = [];
  // Plots come with a large library, which other commands need not wait for.
  if (html !== undefined) {
    const { htmlReport } = await import("./evaluation/page/htmlReport.ts");
    files.push({ path: html, data: await htmlReport(report, others, sets) });
  }
  if (figures !== undefined) {
    const { figureFiles } = await import("./evaluation/page/figureFiles.ts");
    await mkdir(figures, { recursive: true });
    files.push(...(await figureFiles(figures, report, others)));
  }
  if (table !== undefined) {
    const { resultsTable } = await import("./evaluation/page/resultsTable.ts");
    const { keptSections } = await import("./evaluation/page/keptSections.ts");
    const before = existsSync(table) ? await readFile(table, "utf8") : "";
    files.push({ path: table, data: resultsTable([report, ...others]) + keptSections(before) });
  }
  await writeFilesAtomically(files);
}

function mannerOf({ clicks, pattern, seed, flip, zoom }: EvaluateRun) {
  return { clicks, pattern, seed, flip, zoom };
}

/** The report to be continued, if it is there and of the same model, device and protocol. */
async function reportBefore(
  path: string,
  what: Evaluated,
  run: EvaluateRun,
): Promise<Report | undefined> {
  if (!existsSync(path)) return undefined;
  const before = await readReport(path);
  // Of the device only its name: another machine may go on.
  const said = (of: Pick<Report, "protocol" | "model" | "device">) =>
    JSON.stringify([of.model, deviceName(of.device), of.protocol]);
  const now = { ...what, protocol: protocol(mannerOf(run)) };
  if (said(before) !== said(now)) {
    throw new Error(
      `--resume: expected a report of ${said(now)} in "${path}", got one of ${said(before)}. Give it the same options, or another file.`,
    );
  }
  return before;
}

/** How many objects are still to be done; `undefined` where some set does not know how many it has. */
function totalOf(
  sets: readonly DataSet[],
  before: Report | undefined,
  max: number,
): number | undefined {
  let total = 0;
  for (const { name, count } of sets) {
    if (count === undefined) return undefined;
    const done = before?.sets[name];
    total += Math.max(
      0,
      Math.min(count, max) - (done === undefined ? 0 : done.samples.length + done.skipped.length),
    );
  }
  return total;
}

function stoppedMessage({ sets }: Report, json: string | undefined): string {
  const done = Object.values(sets).reduce((sum, { objects }) => sum + objects, 0);
  const cure =
    json === undefined
      ? "The numbers are of these alone; with --json a run can be continued."
      : `They are in "${json}"; add --resume to go on.`;
  return `evaluate: expected to finish, got stopped after ${done} objects. ${cure}`;
}

async function compareWith(
  others: readonly Report[],
  report: Report,
  terminal: Terminal,
): Promise<void> {
  const [name, ...names] = runNames([report, ...others]);
  for (const [at, other] of others.entries()) {
    for (const [set, { samples }] of Object.entries(report.sets)) {
      const that = other.sets[set];
      if (that === undefined) {
        terminal.talk(`${set}: not in the report of ${names[at]}\n`);
        continue;
      }
      const comparison = compared(samples, that.samples, randomNumbers);
      await terminal.result(comparisonLines(`${name} on ${set}`, names[at], comparison));
    }
  }
}
