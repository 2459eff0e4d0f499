import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { encode } from "fast-png";
import {
  annotate,
  dataSetsIn,
  interpreterDevice,
  loadObject,
  openModel,
  openPicture,
  randomNumbers,
  type Sample,
  sampleOf,
  scene,
  setReport,
} from "maskwise";
import { dataFiles } from "maskwise/node";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { reportSchema } from "../../src/evaluate/index.ts";
import type { Annotator } from "./annotator.ts";
import { browsing, serveStatically } from "./browsing.ts";

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
  const model = await openModel("colour");
  const samples: Sample[] = [];
  const [set] = await dataSetsIn(files);
  for await (const item of set.items()) {
    const annotation = await annotate(
      await loadObject(item),
      (picture) => openPicture(picture, model, { run }),
      { clicks, now: () => performance.now() },
    );
    samples.push(sampleOf(item.id, annotation));
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
    const index: readonly { readonly image: string; readonly mask: string }[] = JSON.parse(
      await readFile(join(SHARED, "index.json"), "utf8"),
    );
    const row = index.find((one) => one.image.endsWith(".webp"));
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

test("a folder without a set is told what was looked for", async () => {
  const annotator = await start();
  await choose(annotator, "empty");
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toMatch(
    /^empty: expected a data set, got readme\.txt\. Looked for\n {2}training: /,
  );
});

/** The page's address on a web server, with the model that needs no weights, for one test. */
async function served(): Promise<string> {
  const { url, close } = await serveStatically();
  onTestFinished(close);
  return `${url}#model=colour`;
}

/** Drop a file or a folder from the disk on the dialog, as a file manager would. */
async function drop(annotator: Annotator, name: string): Promise<void> {
  await annotator.command("evaluate").click();
  const box = await annotator.element.locator("dialog[open] h1").boundingBox();
  if (!box) throw new Error("expected an open dialog.");
  const browser = await annotator.page.context().newCDPSession(annotator.page);
  const data = { items: [], files: [join(folder, name)], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await browser.send("Input.dispatchDragEvent", { type, ...at, data });
  }
}

test("a folder that is dropped has the same hash as in Node", async () => {
  const expected = setReport(await inNode("data", 2), [], randomNumbers);
  const annotator = await start({ address: await served() });
  await drop(annotator, "data");
  await begin(annotator, 2);
  const hash = await annotator.element.locator('[data-result="hash"]').textContent();
  expect(hash).toBe(expected.hash);
});

test("where the page is opened from the disk, Chromium hides a dropped folder, and that is said", async () => {
  const annotator = await start();
  await drop(annotator, "data");
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toContain("Choose the folder instead");
});

test("a file that is dropped is no folder, and says so", async () => {
  const annotator = await start();
  await drop(annotator, "data/index.json");
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toContain("Drop the folder");
});

test("people's own photos and masks are evaluated in the page, and what lacks a mask is told", async () => {
  for (const [from, to] of [
    ["scene1.png", "photos/a.png"],
    ["scene1Mask.png", "photos/a.mask.png"],
    ["scene2.png", "photos/b.png"],
  ]) {
    await mkdir(join(folder, dirname(to)), { recursive: true });
    await cp(join(folder, "data", from), join(folder, to));
  }
  const annotator = await start({ address: await served() });
  await drop(annotator, "photos");
  await begin(annotator, 2);
  await annotator.element.locator('[data-result="hash"]').waitFor();
  const dialog = annotator.element.locator("dialog[open]");
  expect(await dialog.locator("h2").textContent()).toBe("photos");
  expect(await dialog.textContent()).toContain("1 skipped");
});

test("an evaluation that is stopped says how far it came", async () => {
  const annotator = await start();
  await choose(annotator, "data");
  await begin(annotator, 100);
  await annotator.element.locator('[data-action="stop"]').click();
  const alert = annotator.element.locator('[role="alert"]');
  expect(await alert.textContent()).toContain("Stopped after");
});
