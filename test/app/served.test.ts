import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto } from "maskwise";
import { expect, onTestFinished, test, vi } from "vitest";
import { type ServedAnnotator, serveAnnotator } from "../../src/server/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { Annotator } from "./annotator.ts";
import { besides, browsing, PAGE } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

// Whole days of work in one test: many steps, each of which waits for a mask.
vi.setConfig({ testTimeout: 240_000 });

/** Of what comes by itself, and not as the answer to a step. */
const SOON = { timeout: 60_000 };

const start = browsing();

function folderWith(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) writeFileSync(join(folder, name), shapesPng(name).buffer);
  return folder;
}

async function serve(folder: string): Promise<ServedAnnotator> {
  const served = await serveAnnotator({ paths: [folder], model: "colour", page: PAGE });
  onTestFinished(() => served.close());
  return served;
}

const kept = (annotator: Annotator) => annotator.element.locator('[data-keeping="kept"]').waitFor();

test("work on a served folder lies beside its photos, and goes on after the server was started again", async () => {
  const folder = folderWith("one.png", "two.png");
  const served = await serve(folder);
  const annotator = await start({ address: served.url });
  expect(readdirSync(folder).sort()).toEqual(["one.png", "two.png"]);
  await annotator.press("d");
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const mask = await annotator.fingerprint();
  await annotator.press("Control+Shift+Enter");
  await annotator.settled();
  await kept(annotator);
  expect(readdirSync(join(folder, "maskwise"))).toEqual(["two.png.json"]);
  const record = readPhoto(JSON.parse(readFileSync(join(folder, "maskwise/two.png.json"), "utf8")));
  expect([record.status, record.session?.events.length]).toEqual(["needs review", 2]);
  await served.close();

  const again = await serve(folder);
  await annotator.page.goto(again.url);
  await annotator.settled();
  expect(await annotator.photo("two.png").getAttribute("data-status")).toBe("needs review");
  await annotator.photo("two.png").locator(".name").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toEqual(mask);
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
});

test("while the server is away nothing is lost and it is told", async () => {
  const folder = folderWith("one.png");
  const served = await serve(folder);
  const annotator = await start({ address: served.url });
  await annotator.click(...DISC);
  await served.close();
  await annotator.click(...GROUND, { button: "right" });
  const told = annotator.element.locator('.notice[data-keeping="failed"]');
  expect(await told.textContent()).toMatch(/local server does not answer/);
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
  const record = readPhoto(JSON.parse(readFileSync(join(folder, "maskwise/one.png.json"), "utf8")));
  expect(record.session?.events.length).toBe(1);
});

test("a file that somebody else has changed is not written over", async () => {
  const folder = folderWith("one.png");
  const { url } = await serve(folder);
  const annotator = await start({ address: url });
  await annotator.click(...DISC);
  // Another browser: no tab of it can be asked, and only the file tells.
  const elsewhere = await start({ address: url });
  await elsewhere.click(...GROUND, { button: "right" });
  await kept(elsewhere);
  await annotator.click(...RECTANGLE);
  const reading = annotator.element.locator(".reading");
  expect(await reading.textContent()).toMatch(/changed elsewhere/);
  await annotator.element.locator('[data-action="take-over"]').click();
  await expect.poll(() => annotator.history(), SOON).toEqual({ at: 2, of: 2 });
  await annotator.settled();
  await annotator.click(...RECTANGLE);
  await kept(annotator);
  const record = readPhoto(JSON.parse(readFileSync(join(folder, "maskwise/one.png.json"), "utf8")));
  expect(record.session?.events.length).toBe(3);
});

test("two tabs on a served folder are told of each other", async () => {
  const { url } = await serve(folderWith("one.png"));
  const first = await start({ address: url });
  const second = await besides(first, url);
  expect(await second.element.locator(".reading").count()).toBe(1);
});

test("a record that is damaged is told with its path and left as it is", async () => {
  const folder = folderWith("one.png");
  const first = await serve(folder);
  const annotator = await start({ address: first.url });
  await annotator.click(...DISC);
  await kept(annotator);
  await first.close();
  const path = join(folder, "maskwise/one.png.json");
  const damaged = readFileSync(path, "utf8").replace('"at":[100,120]', '"at":[100,"12"]');
  writeFileSync(path, damaged);
  const again = await serve(folder);
  await annotator.page.goto(again.url);
  await annotator.settled();
  expect(await annotator.notices().last().textContent()).toMatch(
    /one\.png.*events\.0\.prompt\.at\.1: Invalid input: expected number/,
  );
  expect(readFileSync(path, "utf8")).toBe(damaged);
  expect(existsSync(`${path}.tmp`)).toBe(false);
});
