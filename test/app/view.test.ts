import { pixel } from "maskwise";
import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

const startOnShapes = () => start({ photos: [shapesPng()] });

/** Clicks are at the very pixels that were aimed at, and the mask has their labels there. */
async function clicksArrive(annotator: Annotator): Promise<void> {
  for (const [says, button, [x, y]] of [
    ["object", "left", DISC],
    ["background", "right", [DISC[0] + 1, DISC[1] + 30]],
  ] as const) {
    await annotator.click(x, y, { button });
    expect(await annotator.lastSaid()).toEqual({ kind: "click", at: pixel(x, y), says });
    expect(await annotator.labelAt(x, y)).toBe(says);
  }
}

test("the wheel zooms at the pointer, and clicks arrive where they are aimed", async () => {
  const annotator = await startOnShapes();
  const before = await annotator.place(...DISC);
  await annotator.page.mouse.move(before.x, before.y);
  await annotator.page.mouse.wheel(0, -700);
  const after = await annotator.place(...DISC);
  expect(after.x).toBeCloseTo(before.x, 3);
  expect(after.y).toBeCloseTo(before.y, 3);
  const [left, right] = [await annotator.place(90, 120), await annotator.place(91, 120)];
  expect(right.x - left.x).toBeGreaterThan(5);
  await clicksArrive(annotator);
});

test("dragging with Space held or with the middle button moves the photo and says nothing", async () => {
  const annotator = await startOnShapes();
  for (const way of ["space", "middle"] as const) {
    const before = await annotator.place(...DISC);
    await annotator.page.mouse.move(before.x, before.y);
    if (way === "space") await annotator.page.keyboard.down("Space");
    await annotator.page.mouse.down({ button: way === "space" ? "left" : "middle" });
    await annotator.page.mouse.move(before.x + 40, before.y - 25, { steps: 5 });
    await annotator.page.mouse.up({ button: way === "space" ? "left" : "middle" });
    if (way === "space") await annotator.page.keyboard.up("Space");
    const after = await annotator.place(...DISC);
    expect([after.x - before.x, after.y - before.y]).toEqual([40, -25]);
  }
  expect(await annotator.history()).toEqual({ at: 0, of: 0 });
  await clicksArrive(annotator);
});

test("keys and buttons zoom in, out and back to the whole photo", async () => {
  const annotator = await startOnShapes();
  const width = async (): Promise<number> =>
    (await annotator.place(319, 0)).x - (await annotator.place(0, 0)).x;
  const whole = await width();
  await annotator.press("+");
  const larger = await width();
  expect(larger).toBeGreaterThan(whole);
  await annotator.command("zoomOut").click();
  await annotator.press("-");
  expect(await width()).toBeLessThan(whole);
  await clicksArrive(annotator);
  await annotator.press("Home");
  expect(await width()).toBeCloseTo(whole, 3);
});

test("on a screen of twice the density clicks arrive as well", async () => {
  const annotator = await start({ photos: [shapesPng()], deviceScaleFactor: 2 });
  await clicksArrive(annotator);
});

test("a photo that is fitted stays fitted when the window changes", async () => {
  const annotator = await startOnShapes();
  await annotator.page.setViewportSize({ width: 500, height: 900 });
  await annotator.element.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  // Below 720 pixels the panel is under the photo, which then has the window's width.
  const [first, last] = [await annotator.place(0, 0), await annotator.place(319, 239)];
  expect(first.x).toBeLessThan(30);
  expect(last.x).toBeGreaterThan(470);
  expect(last.x).toBeLessThan(500);
  await clicksArrive(annotator);
});

test("the mask is drawn in its object's colour, as strongly as the slider says", async () => {
  const annotator = await startOnShapes();
  const bare = await annotator.colourAt(70, 120);
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.moveTo(...GROUND);
  const masked = await annotator.colourAt(70, 120);
  expect(masked[2]).toBeGreaterThan(bare[2] + 40);
  const slider = annotator.element.locator('[data-look="opacity"]');
  await slider.fill("100");
  const full = await annotator.colourAt(70, 120);
  expect(full[2]).toBeGreaterThan(masked[2] + 20);
  await slider.fill("0");
  expect(await annotator.colourAt(70, 120)).toEqual(bare);
});

test("the outline can be taken away", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.click(...RECTANGLE, { button: "right" });
  await annotator.element.locator('[data-look="opacity"]').fill("0");
  const drawn = async (): Promise<string> => {
    const row = [];
    for (let x = 30; x < 50; x += 2) row.push(await annotator.colourAt(x, 120));
    return JSON.stringify(row);
  };
  const outlined = await drawn();
  await annotator.press("o");
  expect(await drawn()).not.toBe(outlined);
  await annotator.press("o");
  expect(await drawn()).toBe(outlined);
});

test("the uncertainty is shown with a legend, and nothing is drawn where the mask is sure", async () => {
  const annotator = await startOnShapes();
  const bare = await annotator.colourAt(GROUND[0] + 30, GROUND[1]);
  await annotator.click(...DISC);
  await annotator.press("o");
  await annotator.press("u");
  expect(await annotator.element.getByText("undecided").isVisible()).toBe(true);
  // One click on a photo of three things leaves something undecided.
  const undecided = await annotator.element.evaluate((element) => {
    const { segmentation } = element as unknown as {
      segmentation: { uncertainty: { data: Float32Array } };
    };
    const { data } = segmentation.uncertainty;
    let most = 0;
    data.forEach((value, i) => {
      if (value > data[most]) most = i;
    });
    return { x: most % 320, y: Math.floor(most / 320), value: data[most] };
  });
  expect(undecided.value).toBeGreaterThan(0.2);
  const shown = await annotator.colourAt(undecided.x, undecided.y);
  await annotator.press("u");
  await annotator.element.locator('[data-look="opacity"]').fill("0");
  expect(shown).not.toEqual(await annotator.colourAt(undecided.x, undecided.y));
  expect(await annotator.element.getByText("undecided").count()).toBe(0);
  expect(await annotator.colourAt(GROUND[0] + 30, GROUND[1])).toEqual(bare);
});

test("the question mark opens the list of shortcuts, and Escape closes it", async () => {
  const annotator = await startOnShapes();
  await annotator.press("?");
  const dialog = annotator.element.locator("maskwise-shortcuts dialog");
  expect(await dialog.isVisible()).toBe(true);
  expect(await dialog.textContent()).toMatch(/Ctrl\+Shift\+Z/);
  // Keys belong to the dialog now.
  await annotator.press("f");
  expect(await annotator.label("object 2").count()).toBe(0);
  await annotator.leaveDialog();
  expect(await dialog.isVisible()).toBe(false);
});

test("every control has a name", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.press("s");
  await annotator.press("f");
  const nameless = await annotator.element.evaluate((element) =>
    [...(element.shadowRoot?.querySelectorAll("button, input, summary, canvas, dialog") ?? [])]
      .filter((control) => {
        const texts = [
          control.getAttribute("aria-label"),
          control.textContent,
          control.closest("label")?.textContent,
        ];
        return !control.hasAttribute("hidden") && texts.every((text) => !text?.trim());
      })
      .map((control) => control.outerHTML),
  );
  expect(nameless).toEqual([]);
});

test("a touch says the label, and two fingers zoom", async () => {
  const annotator = await start({ photos: [shapesPng()], hasTouch: true });
  const at = await annotator.place(...DISC);
  await annotator.page.touchscreen.tap(at.x, at.y);
  await annotator.settled();
  expect(await annotator.labelAt(...DISC)).toBe("object");
  const before = (await annotator.place(200, 0)).x - (await annotator.place(100, 0)).x;
  const canvas = annotator.element.locator("maskwise-stage canvas");
  await canvas.evaluate((element) => {
    // A pointer made by a script cannot be captured.
    element.setPointerCapture = () => {};
    const touch = (kind: string, pointerId: number, clientX: number): void => {
      const options = { pointerId, pointerType: "touch", clientX, clientY: 300, bubbles: true };
      element.dispatchEvent(new PointerEvent(kind, options));
    };
    touch("pointerdown", 11, 300);
    touch("pointerdown", 12, 400);
    touch("pointermove", 12, 500);
    touch("pointerup", 11, 300);
    touch("pointerup", 12, 500);
  });
  const after = (await annotator.place(200, 0)).x - (await annotator.place(100, 0)).x;
  expect(after / before).toBeCloseTo(2, 5);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
});
