/**
 * How long a labelling job takes in the annotator as built: the simulated annotator of research sits
 * at the page in headless Chromium, opens ten photos whose masks are known, and clicks with the mouse
 * until the mask shown has 90 % IoU.
 *
 *     npm run build && npx tsx bench/labelling.ts ../shared/data/evaluation [--write docs/results.md]
 *
 * Seconds are what the page needs, from the file to the last mask. Where the simulator looks and
 * thinks is not counted; a person needs about a second more for each click.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";
import { withSection } from "../src/cli/evaluation/page/keptSections.ts";
import { BACKGROUND } from "../src/clicks/index.ts";
import { nextClick } from "../src/clicks/nextClick.ts";
import type { Truth } from "../src/clicks/truth.ts";
import {
  type EvaluationRow,
  evaluationRows,
  evaluationSamples,
} from "../src/data/evaluationSet.ts";
import { iou, overlap } from "../src/evaluate/overlap.ts";
import type { Mask, PixelPoint } from "../src/image/index.ts";
import { DEFAULT_MODEL } from "../src/models/index.ts";
import { dataFiles } from "../src/node/dataFiles.ts";
import { serveAnnotator } from "../src/server/index.ts";
import { Annotator } from "../test/app/annotator.ts";
import { builtPage } from "./builtPage.ts";

const [folder, option, results] = process.argv.slice(2);
const { html, executablePath } = builtPage();
if (folder === undefined) {
  console.log("skipped: needs a folder with index.json");
  process.exit(0);
}

const TARGET = 0.9;
const MOST_CLICKS = 20;

/** So many photos of each set, the first by name. */
const PHOTOS = { grabcut: 5, berkeley: 5 } as const;

/** Handles of clicks closer than this would be hit instead of the photo, in CSS pixels. */
const APART = 26;

interface Labelled {
  readonly id: string;
  readonly size: string;
  readonly iou: number;
  readonly openSeconds: number;
  readonly clickSeconds: readonly number[];
}

function chosen(rows: readonly EvaluationRow[]): readonly EvaluationRow[] {
  return Object.entries(PHOTOS).flatMap(([set, count]) =>
    rows
      .filter((row) => row.set === set)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, count),
  );
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** Zoom in until a click hits no handle of an earlier one, as a person would. */
async function comeCloser(
  annotator: Annotator,
  at: PixelPoint,
  clicked: readonly PixelPoint[],
): Promise<boolean> {
  const isNear = async (): Promise<boolean> => {
    const here = await annotator.place(at.x, at.y);
    for (const { x, y } of clicked) {
      const there = await annotator.place(x, y);
      if (Math.hypot(there.x - here.x, there.y - here.y) < APART) return true;
    }
    return false;
  };
  let hasZoomed = false;
  while (await isNear()) {
    await annotator.moveTo(at.x, at.y);
    await annotator.page.keyboard.press("+");
    hasZoomed = true;
  }
  return hasZoomed;
}

/** The object in the mask that is shown. */
async function seen(annotator: Annotator, { width, height }: Truth): Promise<Mask> {
  const mask = await annotator.mask();
  return mask
    ? { width, height, data: mask.data }
    : { width, height, data: new Uint8Array(width * height) };
}

async function label(annotator: Annotator, row: EvaluationRow, truth: Truth): Promise<Labelled> {
  const file = {
    name: basename(row.image),
    mimeType: "image/*",
    buffer: readFileSync(join(folder, row.image)),
  };
  const openSeconds = await seconds(() => annotator.choose(file));
  const clickSeconds: number[] = [];
  const clicked: PixelPoint[] = [];
  let mask = await seen(annotator, truth);
  while (clicked.length < MOST_CLICKS && iou(overlap(truth, mask)) < TARGET) {
    const { at, says } = nextClick(truth, mask, clicked);
    const hasZoomed = await comeCloser(annotator, at, clicked);
    const button = says === BACKGROUND ? "right" : "left";
    clickSeconds.push(await seconds(() => annotator.click(at.x, at.y, { button })));
    if (hasZoomed) await annotator.press("Home");
    clicked.push(at);
    mask = await seen(annotator, truth);
  }
  const size = `${truth.width} × ${truth.height}`;
  return { id: row.id, size, iou: iou(overlap(truth, mask)), openSeconds, clickSeconds };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const secondsOf = (one: Labelled): number => one.openSeconds + sum(one.clickSeconds);

function section(labelled: readonly Labelled[]): string {
  const mean = (of: (one: Labelled) => number): number => sum(labelled.map(of)) / labelled.length;
  const reached = labelled.filter((one) => one.iou >= TARGET).length;
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [
    "## In the page",
    `Written by \`bench/labelling.ts\`. The simulated annotator works with the mouse at the built page in headless Chromium, with the model \`${DEFAULT_MODEL}\`, on the first five photos of GrabCut and of Berkeley, until the mask shown has ${100 * TARGET} % IoU, at most ${MOST_CLICKS} clicks. Seconds are what the page needs from the file to the last mask (${availableParallelism()} cores of ${cpus()[0]?.model ?? "an unknown processor"} at a load average of ${loadavg()[1].toFixed(0)}: above the number of cores programs wait for each other; WebAssembly on one thread); a person needs about a second more for each click.`,
    [
      row(["photo", "pixels", "clicks", "IoU, %", "seconds", "of these opening", "a click"]),
      row(["---", "---", "---:", "---:", "---:", "---:", "---:"]),
      ...labelled.map((one) =>
        row([
          one.id,
          one.size,
          one.clickSeconds.length,
          (100 * one.iou).toFixed(1),
          secondsOf(one).toFixed(2),
          one.openSeconds.toFixed(2),
          (sum(one.clickSeconds) / one.clickSeconds.length).toFixed(2),
        ]),
      ),
      row([
        `**mean; ${reached} of ${labelled.length} reached**`,
        "",
        mean((one) => one.clickSeconds.length).toFixed(1),
        (100 * mean((one) => one.iou)).toFixed(1),
        mean(secondsOf).toFixed(2),
        mean((one) => one.openSeconds).toFixed(2),
        (
          sum(labelled.flatMap((one) => one.clickSeconds)) /
          sum(labelled.map((one) => one.clickSeconds.length))
        ).toFixed(2),
      ]),
    ].join("\n"),
  ].join("\n\n");
}

const files = dataFiles(folder);
const rows = chosen(await evaluationRows(files));
const served = await serveAnnotator({ page: html, model: DEFAULT_MODEL });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const annotator = new Annotator(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
await annotator.page.goto(served.url);
// The sample is open: the network and its runtime are there, as for anybody who labels a folder.
await annotator.settled();
const labelled: Labelled[] = [];
const samples = evaluationSamples(rows, files);
for (const row of rows) {
  const { value } = await samples.next();
  if (!value) break;
  const one = await label(annotator, row, value.truth);
  labelled.push(one);
  console.log(
    `${one.id}: ${one.clickSeconds.length} clicks, ${(100 * one.iou).toFixed(1)} %, ${secondsOf(one).toFixed(2)} s`,
  );
}
await browser.close();
await served.close();
const text = section(labelled);
console.log(`\n${text}`);
if (option === "--write" && results !== undefined) {
  const page = existsSync(results) ? readFileSync(results, "utf8") : "";
  writeFileSync(results, withSection(page, "labelling", text));
}
