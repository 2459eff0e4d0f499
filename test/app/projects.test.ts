import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { Annotator } from "./annotator.ts";
import { besides, browsing, serveStatically } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

// Whole days of work in one test: many steps, each of which waits for a mask.
vi.setConfig({ testTimeout: 240_000 });

/** Of what comes by itself, and not as the answer to a step. */
const SOON = { timeout: 60_000 };

const start = browsing();

test("after a reload photos, clicks, objects and what was undone are as they were", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.press("f");
  await annotator.click(...RECTANGLE);
  const before = await annotator.fingerprint();
  await annotator.press("Control+z");
  await annotator.page.reload();
  await annotator.settled();
  expect(await annotator.history()).toEqual({ at: 3, of: 4 });
  await annotator.press("Control+y");
  expect(await annotator.fingerprint()).toEqual(before);
  expect(await annotator.photo("two.png").count()).toBe(1);
  await annotator.press("d");
  expect(await annotator.history()).toEqual({ at: 0, of: 0 });
});

test("a page that is killed in the middle of a stroke loses neither clicks nor the stroke", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.press("s");
  await annotator.moveTo(225, 100);
  await annotator.page.mouse.down();
  for (const y of [110, 120, 130, 140, 150]) {
    await annotator.moveTo(240, y);
    await annotator.page.waitForTimeout(150);
  }
  const address = annotator.page.url();
  const crashed = annotator.page.waitForEvent("crash");
  annotator.page.goto("chrome://crash").catch(() => {});
  await crashed;
  const again = await besides(annotator, address);
  expect(await again.history()).toEqual({ at: 2, of: 2 });
  expect(await again.lastSaid()).toMatchObject({ kind: "stroke", says: "object" });
  expect(await again.labelAt(...DISC)).toBe("object");
  expect(await again.labelAt(240, 120)).toBe("object");
  expect(await again.notices().getByText("A stroke was unfinished").count()).toBe(1);
  await again.press("Control+z");
  expect(await again.history()).toEqual({ at: 1, of: 2 });
});

test("a page that is killed while painting keeps what was painted, as an edit", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.element.locator('[data-action="add-object"]').click();
  await annotator.press("p");
  await annotator.drag([40, 40], [120, 40]);
  await annotator.press("r");
  await annotator.moveTo(100, 40);
  await annotator.page.mouse.down();
  for (const x of [105, 110, 115, 120]) {
    await annotator.moveTo(x, 40);
    await annotator.page.waitForTimeout(150);
  }
  const address = annotator.page.url();
  const crashed = annotator.page.waitForEvent("crash");
  annotator.page.goto("chrome://crash").catch(() => {});
  await crashed;
  const again = await besides(annotator, address);
  expect(await again.labelAt(50, 40)).toBe("object 2");
  expect(await again.labelAt(112, 40)).toBe("background");
  await again.press("Control+z");
  expect(await again.labelAt(112, 40)).toBe("object 2");
});

test("when the disk is full it is told, everything stays in the page, and is kept once there is room", async () => {
  const { url, close } = await serveStatically();
  onTestFinished(close);
  const annotator = await start({
    address: `${url}#model=colour`,
    photos: [shapesPng("before.png")],
  });
  await annotator.click(...DISC);
  const devtools = await annotator.page.context().newCDPSession(annotator.page);
  const { origin } = new URL(url);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  // Chromium remembers for half a minute how much room there was.
  await annotator.page.waitForTimeout(35_000);
  await annotator.click(...GROUND, { button: "right" });
  const told = annotator.element.locator('.notice[data-keeping="failed"]');
  expect(await told.textContent()).toMatch(/no room left to keep the newest changes/);
  await annotator.click(...RECTANGLE);
  expect(await annotator.history()).toEqual({ at: 3, of: 3 });
  const mask = await annotator.fingerprint();
  await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  await told.locator('[data-action="keep-again"]').click();
  await annotator.notices().getByText("Everything is kept now").waitFor();
  expect(await told.count()).toBe(0);
  await annotator.page.reload();
  await annotator.settled();
  expect(await annotator.history()).toEqual({ at: 3, of: 3 });
  expect(await annotator.fingerprint()).toEqual(mask);
});

test("a second page on a project looks, and may take it over; neither overwrites the other", async () => {
  const first = await start({ photos: [shapesPng()] });
  await first.click(...DISC);
  const second = await besides(first);
  const reading = (one: Annotator) => one.element.locator(".reading");
  expect(await reading(second).textContent()).toMatch(/open in another tab/);
  expect(await second.history()).toEqual({ at: 1, of: 1 });
  await second.click(...GROUND, { button: "right" });
  expect(await second.history()).toEqual({ at: 1, of: 1 });

  // What the owner goes on to say is seen here.
  await first.click(...RECTANGLE);
  await expect.poll(() => second.history(), SOON).toEqual({ at: 2, of: 2 });

  await second.element.locator('[data-action="take-over"]').click();
  await reading(first).waitFor();
  await second.settled();
  expect(await reading(second).count()).toBe(0);
  await second.click(...GROUND, { button: "right" });
  expect(await second.history()).toEqual({ at: 3, of: 3 });
  await first.click(20, 220, { button: "right" });
  await expect.poll(() => first.history(), SOON).toEqual({ at: 3, of: 3 });

  await second.page.close();
  await first.page.reload();
  await first.settled();
  expect(await reading(first).count()).toBe(0);
  expect(await first.history()).toEqual({ at: 3, of: 3 });
  expect(await first.labelAt(...GROUND)).toBe("background");
});

const photoNames = (annotator: Annotator) =>
  annotator.element
    .locator(".photos [data-photo]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-photo")));

test("a folder of 200 photos is taken in, found by name and status, and there after a reload", async () => {
  const folder = join(temporaryFolder(), "many");
  mkdirSync(join(folder, "deeper"), { recursive: true });
  const names = Array.from({ length: 200 }, (_, i) => `photo ${i + 1}.png`);
  const { buffer } = shapesPng();
  for (const [i, name] of names.entries()) {
    writeFileSync(join(folder, i < 190 ? name : `deeper/${name}`), buffer);
  }
  writeFileSync(join(folder, "notes.txt"), "milk, bread");
  const annotator = await start();
  const choosing = annotator.page.waitForEvent("filechooser");
  await annotator.page.evaluate(() => {});
  await annotator.element.locator('[data-action="open-folder"]').click();
  await (await choosing).setFiles(folder);
  await expect.poll(async () => (await photoNames(annotator)).length, SOON).toBe(200);
  await annotator.settled();
  expect(await annotator.notices().count()).toBe(0);
  await annotator.screenshot("projects-many.png");

  const search = annotator.element.locator("input[type=search]");
  await search.fill("PHOTO 19");
  expect((await photoNames(annotator)).length).toBe(11);
  await annotator.photo("photo 19.png").locator(".name").click();
  await annotator.settled();
  await annotator.click(...DISC);
  await annotator.press("Control+Enter");
  expect(await annotator.photo("photo 19.png").getAttribute("data-status")).toBe("done");
  expect(await annotator.photo("photo 190.png").getAttribute("data-selected")).toBe("");
  await annotator.press("Control+Shift+Enter");
  await annotator.press("Control+Backspace");
  await search.fill("");
  const count = (status: string) =>
    annotator.element.locator(`[data-filter="${status}"] .faint`).textContent();
  const counts = () => Promise.all(["to do", "needs review", "done", "skipped"].map(count));
  expect(await counts()).toEqual(["197", "1", "1", "1"]);
  await annotator.element.locator('[data-filter="done"]').click();
  expect(await photoNames(annotator)).toEqual(["photo 19.png"]);

  await annotator.page.reload();
  await annotator.settled();
  expect(await counts()).toEqual(["197", "1", "1", "1"]);
  await annotator.photo("photo 19.png").locator(".name").click();
  await annotator.settled();
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
  // Small pictures are made of what is in sight, and kept.
  await annotator.photo("photo 20.png").scrollIntoViewIfNeeded();
  await expect.poll(() => annotator.photo("photo 20.png").locator("img").count(), SOON).toBe(1);
});

test("the neighbours of a photo are got to know while nothing else is to be done", async () => {
  const photos = ["one.png", "two.png", "three.png"].map((name) => shapesPng(name, 4));
  const annotator = await start({ photos });
  await annotator.photo("two.png").locator(".name").click();
  await annotator.settled();
  // Time for the two beside it; what is known by then needs no opening, which would be shown.
  await annotator.page.waitForTimeout(4000);
  await annotator.element.evaluate((element) => {
    const seen = { openings: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (element.shadowRoot?.querySelector('.work [data-action="cancel"]')) seen.openings++;
    }).observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true });
  });
  for (const key of ["d", "a", "a"]) await annotator.press(key);
  const openings = await annotator.page.evaluate(
    () => (window as unknown as { seen: { openings: number } }).seen.openings,
  );
  expect(openings).toBe(0);
});

test("a closed photo is gone for good only when the page is opened again", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  await annotator.click(...DISC);
  await annotator.photo("one.png").locator('[data-action="close"]').click();
  await annotator.settled();
  await annotator.notices().getByText("Bring back").click();
  await annotator.settled();
  await annotator.photo("two.png").locator('[data-action="close"]').click();
  await annotator.settled();
  await annotator.page.reload();
  await annotator.settled();
  expect(await photoNames(annotator)).toEqual(["one.png"]);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
});
