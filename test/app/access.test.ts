/** The page for everybody: with a keyboard alone, with a screen reader, in light and in dark. */

import axe from "axe-core";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, isDisc, overlap, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

/** The serious and critical faults that axe finds, a line each. */
async function faults({ page }: Annotator): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) => `${id} at ${JSON.stringify(target)}: ${failureSummary}`,
        ),
      );
  });
}

/** The page's main states, one after the other. */
const STATES: Readonly<Record<string, (annotator: Annotator) => Promise<unknown>>> = {
  "a photo": async () => {},
  "a mask": (annotator) => annotator.click(...DISC),
  uncertainty: (annotator) => annotator.press("u"),
  brush: (annotator) => annotator.press("s"),
  "how the photo is shown": (annotator) => annotator.element.locator(".more > summary").click(),
  "two objects, one being named": async (annotator) => {
    await annotator.press("f");
    await annotator.label("object 2").locator('[data-action="rename"]').click();
  },
  "a complaint": async (annotator) => {
    await annotator.press("Escape");
    await annotator.drop({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("text") });
  },
  "what can be exported": (annotator) => annotator.element.locator("summary.primary").click(),
  shortcuts: async (annotator) => {
    await annotator.press("Escape");
    await annotator.press("?");
  },
  "a key to be changed": async (annotator) => {
    await annotator.element.locator('[data-keys-of="box"] button').click();
    await annotator.press("q");
  },
  "no photo": async (annotator) => {
    // The first gives up the key, the second the dialog.
    await annotator.press("Escape");
    await annotator.leaveDialog();
    await annotator.photo("shapes.png").locator('[data-action="close"]').click();
  },
};

test.for(["light", "dark"] as const)(
  "axe finds no serious fault in any main state, %s",
  { timeout: 240_000 },
  async (colorScheme) => {
    const annotator = await start({ photos: [shapesPng()], colorScheme });
    const found: string[] = [];
    for (const [state, enter] of Object.entries(STATES)) {
      await enter(annotator);
      for (const fault of await faults(annotator)) found.push(`${state}: ${fault}`);
    }
    expect(found).toEqual([]);
  },
);

/** What has the focus, however deep it lies. */
function focused(annotator: Annotator): Promise<{ name: string; isSeen: boolean }> {
  return annotator.page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at) return { name: "", isSeen: false };
    const { outlineStyle, boxShadow } = getComputedStyle(at);
    const name = at.getAttribute("aria-label") ?? at.textContent?.trim() ?? "";
    return {
      name: `${at.localName} ${name}`,
      isSeen: outlineStyle !== "none" || boxShadow !== "none",
    };
  });
}

/** Tab until something has the focus; what has it on the way shows it. */
async function tabTo(annotator: Annotator, name: string): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 60; i++) {
    await annotator.page.keyboard.press("Tab");
    const at = await focused(annotator);
    expect(at).toEqual({ ...at, isSeen: true });
    if (at.name === name) return;
    passed.push(at.name);
  }
  expect(passed).toContain(name);
}

/** Arrow keys, from one pixel to another; Shift makes small steps. */
async function arrows(annotator: Annotator, from: readonly number[], to: readonly number[]) {
  for (const [axis, back, on] of [
    [0, "ArrowLeft", "ArrowRight"],
    [1, "ArrowUp", "ArrowDown"],
  ] as const) {
    const way = (to[axis] ?? 0) - (from[axis] ?? 0);
    await annotator.page.keyboard.down("Shift");
    for (let i = 0; i < Math.abs(way); i++)
      await annotator.page.keyboard.press(way < 0 ? back : on);
    await annotator.page.keyboard.up("Shift");
  }
}

test("an object is cut out with the keyboard alone, from opening the photo to the file of the mask", async () => {
  const annotator = await start();
  const { page } = annotator;
  const choosing = page.waitForEvent("filechooser");
  // Until the page has answered, it may not know yet that somebody waits for its chooser.
  await page.evaluate(() => {});
  await page.keyboard.press("Control+o");
  const chooser = await choosing;
  await chooser.setFiles(shapesPng());
  await annotator.settled();
  await tabTo(annotator, "canvas Photo");
  // Wherever the crosshair begins, it stops in the corner.
  for (let i = 0; i < 80; i++) await page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 60; i++) await page.keyboard.press("ArrowUp");
  await arrows(annotator, [0, 0], DISC);
  await annotator.press("Enter");
  expect(await annotator.labelAt(...DISC)).toBe("object");
  await arrows(annotator, DISC, GROUND);
  await annotator.press("Shift+Enter");
  await arrows(annotator, GROUND, RECTANGLE);
  await annotator.press("Shift+Enter");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Control+s"),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const { width, data } = decode(Buffer.concat(chunks));
  const mask = { width, data: Uint8Array.from(data, (value) => (value > 0 ? 1 : 0)) };
  expect(overlap({ ...mask, labels: ["background", "object"] }, "object", isDisc)).toBeGreaterThan(
    0.9,
  );
}, 180_000);

test("every tool is used with the keyboard: a dab and a line of the brush, a box, a polygon's ring", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await tabTo(annotator, "canvas Photo");
  for (let i = 0; i < 80; i++) await annotator.page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 60; i++) await annotator.page.keyboard.press("ArrowUp");
  let at: readonly [number, number] = [0, 0];
  const enterAt = async (...to: readonly [number, number]): Promise<void> => {
    await arrows(annotator, at, to);
    at = to;
    await annotator.press("Enter");
  };
  await annotator.press("p");
  await enterAt(250, 20);
  await enterAt(250, 20);
  expect(await annotator.labelAt(250, 20)).toBe("object");
  expect(await annotator.labelAt(280, 20)).toBe("background");
  await annotator.press("Control+z");
  await enterAt(250, 20);
  await enterAt(290, 20);
  expect(await annotator.labelAt(280, 20)).toBe("object");
  await annotator.press("Control+z");
  await annotator.press("x");
  await enterAt(60, 70);
  await enterAt(145, 165);
  expect(await annotator.lastSaid()).toMatchObject({
    kind: "box",
    from: { x: 60, y: 70 },
    to: { x: 145, y: 165 },
  });
  // What the keyboard has begun, a mouse that moves does not bend, and a click does not end.
  const prompts = await annotator.history();
  await enterAt(60, 20);
  await annotator.moveTo(250, 200);
  await annotator.press("q");
  await annotator.press("x");
  await enterAt(62, 20);
  await annotator.click(20, 20, { button: "right" });
  expect(await annotator.history()).toEqual(prompts);
  for (let i = 0; i < 80; i++) await annotator.page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 60; i++) await annotator.page.keyboard.press("ArrowUp");
  at = [0, 0];
  await annotator.press("y");
  for (const [x, y] of [
    [220, 20],
    [300, 20],
    [300, 60],
    [300, 60],
  ] as const) {
    await enterAt(x, y);
  }
  expect(await annotator.labelAt(290, 30)).toBe("object");
  expect(await annotator.labelAt(230, 55)).toBe("background");
}, 180_000);

test("the page follows the system's light or dark until one is chosen, which is kept", async () => {
  const annotator = await start({ photos: [shapesPng()], colorScheme: "dark" });
  const isDark = (): Promise<boolean> =>
    annotator.element.evaluate((element) => {
      const header = element.shadowRoot?.querySelector("header");
      const [red = 0] = /\d+/.exec(header ? getComputedStyle(header).backgroundColor : "") ?? [];
      return Number(red) < 128;
    });
  expect(await isDark()).toBe(true);
  await annotator.press("t");
  expect(await isDark()).toBe(false);
  await annotator.page.reload();
  await annotator.settled();
  expect(await isDark()).toBe(false);
  await annotator.press("t");
  expect(await isDark()).toBe(true);
  await annotator.press("t");
  await annotator.page.emulateMedia({ colorScheme: "light" });
  expect(await isDark()).toBe(false);
});

test("who wants less motion sees none: what is zoomed is there at once", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  const width = async (): Promise<number> =>
    (await annotator.place(319, 0)).x - (await annotator.place(0, 0)).x;
  const whole = await width();
  await annotator.page.keyboard.press("+");
  expect((await width()) / whole).toBeCloseTo(1.3, 3);
  await annotator.page.emulateMedia({ reducedMotion: "no-preference" });
  const scales = await annotator.element.evaluate(async (element) => {
    const stage = element.shadowRoot?.querySelector("maskwise-stage") as unknown as {
      viewport: { readonly frame: { readonly scale: number }; zoom(factor: number): void };
    };
    const seen: number[] = [stage.viewport.frame.scale];
    stage.viewport.zoom(2);
    for (let i = 0; i < 60; i++) {
      await new Promise(requestAnimationFrame);
      seen.push(stage.viewport.frame.scale);
    }
    return seen;
  });
  expect(scales).toEqual(scales.toSorted((a, b) => a - b));
  expect(scales.at(-1)).toBeCloseTo(2 * (scales[0] ?? 0), 9);
});
