/** The run behind `maskwise segment`, step by step. */

import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { BACKGROUND, type Prompt } from "../clicks/index.ts";
import {
  formats,
  type NamedMask,
  type SampleWindow,
  writeGreyPng,
  writeOverlayPng,
} from "../formats/index.ts";
import type { Picture } from "../image/index.ts";
import {
  type DeviceName,
  deviceFor,
  type FileToWrite,
  openModel,
  readMask,
  readPicture,
  recordWork,
  writeFilesAtomically,
} from "../node/index.ts";
import {
  leavingUnsure,
  newSession,
  openPicture,
  type Segmentation,
  type Session,
  sayAll,
  startFrom,
} from "../session/index.ts";
import {
  checkOutputs,
  type OutputOptions,
  type Outputs,
  outputsFor,
  STANDARD_OUTPUT,
} from "./outputs.ts";
import { progressOn } from "./progress.ts";
import { labelsOf } from "./prompts.ts";
import { summary, type Timings } from "./summary.ts";
import type { Terminal } from "./terminal.ts";

export interface SegmentRun extends OutputOptions {
  readonly prompts: readonly Prompt[];
  readonly from?: string;
  readonly model: string;
  readonly device?: DeviceName;
  readonly maxMegapixels: number;
  readonly record?: string;
  readonly page?: number;
  readonly window?: SampleWindow;
  readonly json?: true;
  readonly terminal: Terminal;
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

export async function segment(photo: string, run: SegmentRun): Promise<void> {
  const { terminal, usage } = run;
  checkWords(run);
  const start =
    run.from === undefined ? undefined : await readMask(run.from, { picture: basename(photo) });
  const labels = labelsOf(run.prompts, start?.labels);
  const outputs = outputsFor(photo, labels.length, run, await picturesBeside(photo), usage);
  await checkOutputs(photo, outputs, usage);
  const progress = progressOn(terminal);
  const clock = stopwatch(terminal);
  try {
    progress.step(`Reading ${basename(photo)}`);
    const { maxMegapixels, page, window } = run;
    const picture = await readPicture(photo, { maxMegapixels, page, window });
    const read = clock();
    const session = sessionOf(picture, labels, start, run);
    const device = await deviceFor(run.model, run.device);
    const segmenter = await openPicture(picture, await openModel(run.model, run), {
      run: device.run,
      progress: progress.step("Looking at the photo"),
    });
    const encode = clock();
    const found = await segmenter.segment(session, { progress: progress.step("Segmenting") });
    const result = run.unsure === undefined ? found : leavingUnsure(found, run.unsure);
    const segmented = clock();
    progress.step("Writing");
    await write(photo, picture, result, outputs, terminal);
    if (run.record !== undefined) {
      await recordWork(run.record, photo, session, found, run.model);
    }
    await device.dispose();
    const timings = { read, encode, segment: segmented, write: clock() };
    progress.clear();
    for (const note of device.notes) terminal.talk(`${note}\n`);
    await tell({ photo, result, outputs, timings, run, device: device.name });
  } finally {
    progress.clear();
  }
}

/** What can be known to be wrong from the words alone. */
function checkWords({ prompts, from, output, json, terminal, usage }: SegmentRun): void {
  if (from === undefined && prompts.every(({ says }) => says === BACKGROUND)) {
    usage("segment: expected at least one --object, --label, --box, --lasso or --from, got none.");
  }
  if (output === STANDARD_OUTPUT && json) {
    usage('segment: expected one thing on standard output, got "--output -" and --json.');
  }
  if (output === STANDARD_OUTPUT && terminal.resultsAreShown) {
    usage('--output: expected "-" to lead into a file or a program, got a screen.');
  }
}

/** All that was said, checked against the picture; what does not fit it is wrong usage. */
function sessionOf(
  picture: Picture,
  labels: readonly string[],
  start: NamedMask | undefined,
  { prompts, usage }: SegmentRun,
): Session {
  try {
    const empty = newSession(picture, labels);
    return sayAll(start ? startFrom(empty, start.mask) : empty, prompts);
  } catch (error) {
    if (error instanceof RangeError) return usage(error.message);
    throw error;
  }
}

async function write(
  photo: string,
  picture: Picture,
  { labels, mask, uncertainty }: Segmentation,
  outputs: Outputs,
  terminal: Terminal,
): Promise<void> {
  const data = formats[outputs.format].write(mask, { labels, picture: basename(photo) });
  const files: FileToWrite[] = [];
  if (outputs.mask !== STANDARD_OUTPUT) files.push({ path: outputs.mask, data });
  if (outputs.overlay !== undefined) {
    files.push({ path: outputs.overlay, data: writeOverlayPng(picture, mask) });
  }
  if (outputs.uncertainty !== undefined) {
    files.push({ path: outputs.uncertainty, data: writeGreyPng(uncertainty) });
  }
  await writeFilesAtomically(files);
  if (outputs.mask === STANDARD_OUTPUT) await terminal.result(data);
}

interface Told {
  readonly photo: string;
  readonly result: Segmentation;
  readonly outputs: Outputs;
  readonly timings: Timings;
  readonly run: SegmentRun;
  /** As shown to people. */
  readonly device: string;
}

async function tell({ photo, result, outputs, timings, run, device }: Told): Promise<void> {
  const { terminal } = run;
  const about = summary({ photo, result, outputs, timings, run, device });
  const nothing = about.unsure ? "nothing sure" : "nothing found";
  for (const { name, area, share } of about.labels) {
    const percent = (share * 100).toFixed(1);
    terminal.talk(`${name}: ${area === 0 ? nothing : `${percent} % of the photo`}\n`);
  }
  if (about.unsure)
    terminal.talk(`unsure: ${(about.unsure.share * 100).toFixed(1)} % of the photo\n`);
  for (const { path } of Object.values(about.outputs)) {
    if (path !== STANDARD_OUTPUT) terminal.talk(`wrote ${path}\n`);
  }
  if (run.record !== undefined) terminal.talk(`wrote ${run.record}\n`);
  if (run.json) await terminal.result(`${JSON.stringify(about, undefined, 2)}\n`);
}

/** Milliseconds since the last time it was asked. */
function stopwatch(terminal: Terminal): () => number {
  let before = terminal.now();
  return () => {
    const now = terminal.now();
    const passed = now - before;
    before = now;
    return Math.round(passed);
  };
}

const PICTURE_ENDING = /(?<!\.mask)\.(?:jpe?g|png|webp|tiff?|avif|gif)$/i;

/** The pictures of a photo's folder; none where it cannot be listed. */
async function picturesBeside(photo: string): Promise<readonly string[]> {
  const names = await readdir(dirname(photo)).catch(() => []);
  return names
    .filter((name) => PICTURE_ENDING.test(name))
    .map((name) => join(dirname(photo), name));
}
