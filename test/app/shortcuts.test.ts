/** Keys that people know, those they choose themselves, and those they press by mistake. */

import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, shapesPng } from "./shapes.ts";

const start = browsing();

function row(annotator: Annotator, command: string) {
  return annotator.element.locator(`[data-keys-of="${command}"]`);
}

function isOn(annotator: Annotator, tool: string): Promise<string | null> {
  return annotator.command(tool).getAttribute("aria-pressed");
}

test("a key can be changed; one that is taken is asked for, and all can be as they were", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("?");
  await row(annotator, "box").locator("button").click();
  await annotator.press("s");
  expect(await row(annotator, "box").textContent()).toMatch(/S is “Scribble” now/);
  expect(await row(annotator, "stroke").textContent()).toMatch(/S/);
  await row(annotator, "box").locator('[data-action="take-key"]').click();
  expect(await row(annotator, "stroke").textContent()).toMatch(/no key/);
  await row(annotator, "stroke").locator("button").click();
  await annotator.press("5");
  expect(await row(annotator, "stroke").textContent()).toMatch(/needed to get about/);
  await annotator.press("k");
  await annotator.leaveDialog();
  await annotator.press("s");
  expect(await isOn(annotator, "box")).toBe("true");
  await annotator.press("k");
  expect(await isOn(annotator, "stroke")).toBe("true");
  // They are kept.
  await annotator.page.reload();
  await annotator.settled();
  await annotator.press("s");
  expect(await isOn(annotator, "box")).toBe("true");
  expect(await annotator.command("stroke").getAttribute("title")).toMatch(/\(K\)$/);
  await annotator.press("?");
  await annotator.element.locator('[data-action="reset-keys"]').click();
  await annotator.leaveDialog();
  await annotator.press("s");
  expect(await isOn(annotator, "stroke")).toBe("true");
});

test("no two commands have one key from the start", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("?");
  const rows = annotator.element.locator("[data-keys-of] button");
  const keys = (await rows.locator("kbd").allTextContents()).map((key) => key.trim());
  expect(keys.length).toBeGreaterThan(20);
  expect(keys).toEqual([...new Set(keys)]);
});

test("a tap on Space over the photo goes on to the next object, once there is one to leave", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.press("Space");
  expect(await annotator.label("object 2").getAttribute("data-selected")).toBe("");
  await annotator.press("Space");
  expect(await annotator.label("object 3").count()).toBe(0);
});

test("Escape leaves a key as it was, and the dialog open", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("?");
  await row(annotator, "box").locator("button").click();
  await annotator.press("Escape");
  expect(await annotator.element.locator("maskwise-shortcuts dialog").isVisible()).toBe(true);
  expect(await row(annotator, "box").textContent()).toMatch(/X/);
});

test("no key takes anything away for good: what it changed can be undone", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const before = { mask: await annotator.fingerprint(), history: await annotator.history() };
  const wrong = [..."bfhgmnpwykljric;.,/'\\", "Delete", "Backspace", "Insert", "PageUp", "Shift+B"];
  for (const key of wrong) {
    await annotator.page.keyboard.press(key);
    await annotator.page.keyboard.press("Escape");
    const { at, of } = await annotator.history();
    expect([key, of >= before.history.of]).toEqual([key, true]);
    for (let i = at; i > before.history.at; i--) await annotator.page.keyboard.press("Control+z");
    await annotator.settled();
    expect([key, await annotator.fingerprint()]).toEqual([key, before.mask]);
  }
}, 240_000);
