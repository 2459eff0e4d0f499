/** Changing masks by hand: brush, eraser, polygons, edits of a whole object, split and merge. */

import { expect, test, vi } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { type At, DISC, GROUND, isDisc, overlap, RECTANGLE, shapesPng } from "./shapes.ts";

// Many steps, each of which waits for a mask.
vi.setConfig({ testTimeout: 240_000 });

const start = browsing();

/** A red disc that is cut out. */
async function startOnDisc(): Promise<Annotator> {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.click(...RECTANGLE, { button: "right" });
  return annotator;
}

const ring = (...vertices: readonly At[]): readonly At[] => vertices;

async function slide(annotator: Annotator, name: string, to: number): Promise<void> {
  await annotator.element.locator(`[data-editing="${name}"]`).fill(String(to));
}

test("the brush adds exactly what it passes over, the eraser takes it away, and undo goes back", async () => {
  const annotator = await startOnDisc();
  const before = await annotator.fingerprint();
  await annotator.press("p");
  await annotator.drag([200, 30], [300, 30]);
  for (const x of [200, 250, 300]) expect(await annotator.labelAt(x, 30)).toBe("object");
  expect(await annotator.labelAt(250, 60)).toBe("background");
  expect(await annotator.labelAt(...DISC)).toBe("object");
  const painted = await annotator.fingerprint();
  await annotator.press("r");
  await annotator.drag([250, 30], [300, 30]);
  expect(await annotator.labelAt(205, 30)).toBe("object");
  expect(await annotator.labelAt(280, 30)).toBe("background");
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(painted);
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(before);
  await annotator.press("Control+y");
  expect(await annotator.fingerprint()).toEqual(painted);
  await annotator.screenshot("editing-brush.png");
});

test("an object can be painted without any click, and its size, hardness and straight lines set", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("p");
  await annotator.element.locator('[data-look="brush"]').fill("10");
  await annotator.click(40, 40);
  await annotator.click(200, 200, { shift: true });
  for (const at of [40, 90, 120, 160, 200]) expect(await annotator.labelAt(at, at)).toBe("object");
  expect(await annotator.labelAt(120, 140)).toBe("background");
  const hard = await annotator.area("object");
  await annotator.press("Control+z");
  await slide(annotator, "hardness", 0);
  await annotator.click(200, 200, { shift: true });
  // Nothing but the brush says object here: a soft one holds to half of its radius.
  expect((await annotator.area("object")) / hard).toBeLessThan(0.7);
});

test("clicks after edits ask the model again, and the edits stay", async () => {
  const annotator = await startOnDisc();
  await annotator.press("p");
  await annotator.drag([20, 220], [60, 220]);
  await annotator.press("q");
  await annotator.click(250, 150);
  expect(await annotator.labelAt(250, 150)).toBe("object");
  for (const x of [20, 40, 60]) expect(await annotator.labelAt(x, 220)).toBe("object");
  await annotator.click(40, 220, { button: "right" });
  expect(await annotator.labelAt(40, 220)).toBe("background");
});

test("a polygon has as many vertices as the tolerance asks for, and the mask becomes what it encloses", async () => {
  const annotator = await startOnDisc();
  await annotator.press("y");
  const vertices = async (): Promise<number> =>
    Number.parseInt((await annotator.element.locator("[data-vertices]").textContent()) ?? "", 10);
  await slide(annotator, "tolerance", 0);
  const exact = await vertices();
  await slide(annotator, "tolerance", 6);
  const few = await vertices();
  await annotator.screenshot("editing-polygon.png");
  await slide(annotator, "tolerance", 40);
  const fewest = await vertices();
  expect(exact).toBeGreaterThan(2 * few);
  expect(few).toBeGreaterThan(fewest);
  await slide(annotator, "tolerance", 6);
  await annotator.element.locator('[data-action="use-polygon"]').click();
  await annotator.settled();
  expect(await vertices()).toBe(few);
  const mask = await annotator.mask();
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.93);
});

test("a ring is drawn vertex by vertex, its vertices are dragged, added and taken away", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("y");
  for (const at of ring([40, 40], [140, 40], [140, 140], [40, 140])) {
    await annotator.click(...at);
  }
  await annotator.press("Enter");
  expect(await annotator.area("object")).toBe(100 * 100);
  await annotator.drag([140, 40], [200, 40]);
  expect(await annotator.labelAt(160, 50)).toBe("object");
  await annotator.drag([90, 140], [90, 200]);
  expect(await annotator.labelAt(90, 190)).toBe("object");
  expect(await annotator.element.locator("[data-vertices]").textContent()).toBe("5 vertices");
  await annotator.click(90, 200, { button: "right" });
  expect(await annotator.element.locator("[data-vertices]").textContent()).toBe("4 vertices");
  expect(await annotator.labelAt(90, 190)).toBe("background");
  await annotator.press("Control+z");
  expect(await annotator.labelAt(90, 190)).toBe("object");
  // With the right button a ring cuts out.
  for (const at of ring([60, 60], [80, 60], [80, 80])) {
    await annotator.click(...at, { button: "right" });
  }
  await annotator.press("Enter");
  expect(await annotator.labelAt(76, 65)).toBe("background");
  expect(await annotator.labelAt(110, 110)).toBe("object");
});

const run = async (annotator: Annotator, name: string): Promise<number> => {
  await annotator.command(name).click();
  await annotator.settled();
  return annotator.area("object");
};

test("holes are filled and islands dropped, by button", async () => {
  const annotator = await startOnDisc();
  const whole = await annotator.area("object");
  await annotator.press("p");
  await annotator.drag([280, 30], [300, 30]);
  await annotator.press("r");
  await annotator.drag([100, 140], [110, 140]);
  expect(await annotator.labelAt(105, 140)).toBe("background");
  await run(annotator, "fillHoles");
  expect(await annotator.labelAt(105, 140)).toBe("object");
  expect(await run(annotator, "dropIslands")).toBe(whole);
  await annotator.screenshot("editing-panel.png");
});

test("outlines are grown, shrunk and smoothed, by as much as the slider says", async () => {
  const annotator = await startOnDisc();
  const whole = await annotator.area("object");
  await slide(annotator, "reach", 5);
  expect(await run(annotator, "grow")).toBeGreaterThan(whole + 1000);
  const shrunk = await run(annotator, "shrink");
  expect(Math.abs(shrunk - whole)).toBeLessThan(0.05 * whole);
  await run(annotator, "smooth");
  const mask = await annotator.mask();
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.9);
});

test("parts become objects of their own, and objects are merged", async () => {
  const annotator = await startOnDisc();
  await annotator.press("p");
  await annotator.drag([220, 30], [300, 30]);
  const whole = await annotator.fingerprint();
  await annotator.command("splitObject").click();
  await annotator.settled();
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(await annotator.labelAt(260, 30)).toBe("object 2");
  await annotator.screenshot("editing-split.png");
  await annotator.label("object 2").click();
  await annotator.element.locator('[data-action="merge"]').selectOption("object");
  await annotator.settled();
  expect((await annotator.mask())?.labels).toEqual(["background", "object"]);
  expect(await annotator.fingerprint()).toEqual(whole);
  await annotator.press("Control+z");
  expect(await annotator.labelAt(260, 30)).toBe("object 2");
});

test("what is edited by hand is exported as it is shown", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.press("p");
  await annotator.drag([60, 60], [120, 60]);
  const { bytes } = await annotator.exported("coco");
  const { annotations } = JSON.parse(bytes.toString("utf8"));
  expect(annotations).toHaveLength(1);
  expect(annotations[0].area).toBe(await annotator.area("object"));
});

test("on a phone all tools can be reached", async () => {
  const annotator = await start({
    photos: [shapesPng()],
    viewport: { width: 390, height: 780 },
  });
  for (const name of ["paint", "erase", "polygon", "undo", "help"]) {
    const box = await annotator.command(name).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390, name).toBe(true);
  }
  await annotator.screenshot("editing-phone.png");
});
