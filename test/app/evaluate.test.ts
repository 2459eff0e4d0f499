import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import {
  annotate,
  DEFAULT_MODEL,
  evaluationRows,
  evaluationSamples,
  interpreterDevice,
  model,
  openPicture,
  randomNumbers,
  type Sample,
  sampleOf,
  scene,
  setReport,
} from "maskwise";
import { dataFiles } from "maskwise/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportSchema } from "../../src/evaluate/index.ts";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";

const start = browsing();
const SIZE = { width: 120, height: 90 };
const CLICKS = 4;
const SEEDS = [1, 2, 3, 4, 5];
const SHARED = fileURLToPath(new URL("../../../shared/data/evaluation", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "maskwise-"));
  await mkdir(join(folder, "empty"));
  await writeFile(join(folder, "empty", "readme.txt"), "no index");
  await mkdir(join(folder, "data"));
  const rows = SEEDS.map((seed) => ({
    set: "grabcut",
    id: `scene${seed}`,
    image: `scene${seed}.png`,
    mask: `scene${seed}Mask.png`,
    ...SIZE,
  }));
  for (const [i, { image, mask }] of rows.entries()) {
    const { picture, truth } = scene(SEEDS[i], SIZE);
    // A column that nobody decided, so that all three greys are read.
    const grey = truth.data.map((label, at) =>
      at % SIZE.width === 0 ? 128 : label === 1 ? 255 : 0,
    );
    await writeFile(join(folder, "data", image), encode({ ...picture, channels: 3 }));
    await writeFile(join(folder, "data", mask), encode({ ...SIZE, data: grey, channels: 1 }));
  }
  await writeFile(join(folder, "data", "index.json"), JSON.stringify(rows));
});
afterAll(() => rm(folder, { recursive: true }));

async function choose(annotator: Annotator, name: string): Promise<void> {
  await annotator.command("evaluate").click();
  await annotator.element.locator("input[webkitdirectory]").setInputFiles(join(folder, name));
}

async function begin(annotator: Annotator, clicks: number): Promise<void> {
  await annotator.element.locator('input[name="clicks"]').fill(String(clicks));
  await annotator.element.locator("form button").click();
}

async function inNode(name: string, clicks: number): Promise<readonly Sample[]> {
  const files = dataFiles(join(folder, name));
  const { run } = interpreterDevice();
  const samples: Sample[] = [];
  for await (const sample of evaluationSamples(await evaluationRows(files), files)) {
    const annotation = await annotate(
      sample,
      (picture) => openPicture(picture, model(DEFAULT_MODEL), { run }),
      { clicks, now: () => performance.now() },
    );
    samples.push(sampleOf(sample.id, annotation));
  }
  return samples;
}

test("five images have the same clicks and masks in the page as in Node, and so the same hash", async () => {
  const expected = setReport(await inNode("data", CLICKS), [], randomNumbers);
  const annotator = await start();
  await choose(annotator, "data");
  await begin(annotator, CLICKS);
  const hash = await annotator.element.locator('[data-result="hash"]').textContent();
  expect(hash).toBe(expected.hash);
  const [download] = await Promise.all([
    annotator.page.waitForEvent("download"),
    annotator.element.locator('[data-action="save-report"]').click(),
  ]);
  const saved: unknown = JSON.parse(await readFile(await download.path(), "utf8"));
  const report = reportSchema.parse(saved);
  const { grabcut } = report.sets;
  expect(report.complete).toBe(true);
  expect(grabcut.noc).toEqual(expected.noc);
  expect(grabcut.samples.map((one) => one.hash)).toEqual(expected.samples.map((one) => one.hash));
});

test.skipIf(!existsSync(SHARED))(
  "a photo of GrabCut in lossless WebP has the same hash in the page as in Node",
  async () => {
    const row = (await evaluationRows(dataFiles(SHARED))).find((one) =>
      one.image.endsWith(".webp"),
    );
    if (!row) throw new Error("expected a WebP in ../shared, found none.");
    for (const path of [row.image, row.mask]) {
      await mkdir(join(folder, "grabcut", dirname(path)), { recursive: true });
      await cp(join(SHARED, path), join(folder, "grabcut", path));
    }
    await writeFile(join(folder, "grabcut", "index.json"), JSON.stringify([row]));
    const expected = setReport(await inNode("grabcut", 3), [], randomNumbers);
    const annotator = await start();
    await choose(annotator, "grabcut");
    await begin(annotator, 3);
    const hash = await annotator.element.locator('[data-result="hash"]').textContent();
    expect(hash).toBe(expected.hash);
  },
);

test("a folder without an index is said to have none", async () => {
  const annotator = await start();
  await choose(annotator, "empty");
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toContain("no index.json");
});

test("an evaluation that is stopped says how far it came", async () => {
  const annotator = await start();
  await choose(annotator, "data");
  await begin(annotator, 100);
  await annotator.element.locator('[data-action="stop"]').click();
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toContain("Stopped after");
});
