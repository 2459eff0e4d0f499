import { scene } from "maskwise";
import { expect, test } from "vitest";
import { browsing } from "./browsing.ts";
import {
  type At,
  DISC,
  GROUND,
  isDisc,
  isRectangle,
  overlap,
  RECTANGLE,
  shapesPng,
} from "./shapes.ts";

const start = browsing();

const startOnShapes = () => start({ photos: [shapesPng()] });

test("on first start a sample is open, a line says what to do, and one click makes a mask", async () => {
  const annotator = await start();
  expect(await annotator.photo("Sample scene").count()).toBe(1);
  expect(await annotator.element.locator("[data-hint]").textContent()).toMatch(/Click on a thing/);
  const { truth, names } = scene(1);
  const isOrange = (x: number, y: number): boolean =>
    names[truth.data[y * truth.width + x]] === "orange";
  await annotator.click(464, 256);
  const mask = await annotator.mask();
  expect(mask?.labels).toEqual(["background", "object"]);
  expect(await annotator.labelAt(464, 256)).toBe("object");
  expect(mask && overlap(mask, "object", isOrange)).toBeGreaterThan(0.5);
});

test("a click on an object and one beside it cut the object out", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.click(...RECTANGLE, { button: "right" });
  const mask = await annotator.mask();
  expect([mask?.width, mask?.height]).toEqual([320, 240]);
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.9);
});

test("Shift makes a left click say background", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { shift: true });
  expect(await annotator.labelAt(...GROUND)).toBe("background");
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("every clicked pixel has the label that was clicked, also against all appearance", async () => {
  const annotator = await startOnShapes();
  const objects: readonly At[] = [DISC, [101, 124], [20, 200], [319, 239], [0, 120]];
  const backgrounds: readonly At[] = [GROUND, [110, 130], [140, 90], [319, 0], [0, 239]];
  for (const at of objects) await annotator.click(...at, { isHasty: true });
  for (const at of backgrounds) await annotator.click(...at, { button: "right", isHasty: true });
  await annotator.settled();
  for (const at of objects) expect(await annotator.labelAt(...at)).toBe("object");
  for (const at of backgrounds) expect(await annotator.labelAt(...at)).toBe("background");
});

test("a click on a marker takes it back, and the mask is as if it had never been", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const before = await annotator.fingerprint();
  await annotator.click(...RECTANGLE);
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object");
  await annotator.moveTo(...GROUND);
  await annotator.click(...RECTANGLE);
  expect(await annotator.fingerprint()).toEqual(before);
});

test("undo and redo go through all steps, by key and by button", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  const one = await annotator.fingerprint();
  await annotator.click(...GROUND, { button: "right" });
  const two = await annotator.fingerprint();
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(one);
  await annotator.press("Control+Shift+Z");
  expect(await annotator.fingerprint()).toEqual(two);
  await annotator.press("Control+z");
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toBeUndefined();
  expect(await annotator.command("undo").isDisabled()).toBe(true);
  await annotator.press("Control+y");
  await annotator.command("redo").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toEqual(two);
  expect(await annotator.command("redo").isDisabled()).toBe(true);
});

test("clearing forgets all clicks, and undo brings them back", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const before = await annotator.fingerprint();
  await annotator.command("restart").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toBeUndefined();
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(before);
});

test("several objects are cut out at once, each with its name", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.element.locator('[data-action="add-object"]').click();
  await annotator.click(...RECTANGLE);
  await annotator.click(...GROUND, { button: "right" });
  const mask = await annotator.mask();
  expect(mask?.labels).toEqual(["background", "object", "object 2"]);
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.85);
  expect(mask && overlap(mask, "object 2", isRectangle)).toBeGreaterThan(0.85);
});

test("objects are renamed and removed, and number keys choose them", async () => {
  const annotator = await startOnShapes();
  await annotator.label("object").locator('[data-action="rename"]').click();
  await annotator.page.keyboard.type("disc");
  await annotator.press("Enter");
  await annotator.press("f");
  await annotator.click(...RECTANGLE);
  await annotator.press("1");
  await annotator.click(...DISC);
  await annotator.press("0");
  await annotator.click(...GROUND);
  expect((await annotator.mask())?.labels).toEqual(["background", "disc", "object 2"]);
  expect(await annotator.labelAt(...DISC)).toBe("disc");
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object 2");
  expect(await annotator.labelAt(...GROUND)).toBe("background");

  await annotator.label("object 2").hover();
  await annotator.label("object 2").locator('[data-action="remove"]').click();
  await annotator.settled();
  expect((await annotator.mask())?.labels).toEqual(["background", "disc"]);
  await annotator.press("Control+z");
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object 2");
});

test("of clicks made in a hurry none is lost, and the mask is that of all of them", async () => {
  const annotator = await startOnShapes();
  const places = Array.from({ length: 12 }, (_, i): At => [60 + 7 * i, 120]);
  await annotator.clickAtOnce(...places);
  await annotator.click(...GROUND, { button: "right", isHasty: true });
  expect(await annotator.history()).toEqual({ at: 13, of: 13 });
  await annotator.settled();
  for (const at of places) expect(await annotator.labelAt(...at)).toBe("object");
  expect(await annotator.labelAt(...GROUND)).toBe("background");
});

test("the mask after many clicks at once is the mask after the same clicks one by one", async () => {
  const places: readonly At[] = [DISC, [90, 80], RECTANGLE];
  const slow = await startOnShapes();
  for (const at of places) await slow.click(...at);
  const fast = await startOnShapes();
  await fast.clickAtOnce(...places);
  await fast.settled();
  expect(await fast.fingerprint()).toBe(await slow.fingerprint());
});

test("with Ctrl held the mask waits for more clicks", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC, { ctrl: true });
  await annotator.click(...RECTANGLE, { ctrl: true });
  expect(await annotator.fingerprint()).toBeUndefined();
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
  await annotator.page.keyboard.up("Control");
  await annotator.settled();
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object");
});

test("a brush stroke labels what lies under it", async () => {
  const annotator = await startOnShapes();
  await annotator.press("s");
  await annotator.drag([70, 120], [130, 120]);
  await annotator.drag([20, 20], [300, 20], "right");
  for (const x of [70, 90, 110, 130]) expect(await annotator.labelAt(x, 120)).toBe("object");
  for (const x of [20, 150, 300]) expect(await annotator.labelAt(x, 20)).toBe("background");
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
});

test("an object stays inside its box", async () => {
  const annotator = await startOnShapes();
  await annotator.press("x");
  await annotator.drag([90, 50], [170, 190]);
  await annotator.press("q");
  await annotator.click(...DISC);
  const mask = await annotator.mask();
  expect(mask?.data.some((label, i) => label === 1 && i % 320 < 90)).toBe(false);
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("what contradicts an earlier click is refused with the reason, and nothing is lost", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.press("s");
  await annotator.drag([60, 121], [140, 119], "right");
  expect(await annotator.notices().textContent()).toMatch(/one label for pixel \(100, 120\)/);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("clicks beside the photo say nothing", async () => {
  const annotator = await startOnShapes();
  await annotator.click(-3, 100);
  await annotator.click(100, 241, { button: "right" });
  expect(await annotator.history()).toEqual({ at: 0, of: 0 });
});

test("all of it goes by keyboard alone", async () => {
  const annotator = await startOnShapes();
  await annotator.element.locator("maskwise-stage canvas").focus();
  // From the middle of the photo to the left, into the disc.
  for (let i = 0; i < 14; i++) await annotator.page.keyboard.press("ArrowLeft");
  await annotator.press("Enter");
  for (let i = 0; i < 30; i++) await annotator.page.keyboard.press("ArrowUp");
  await annotator.press("Shift+Enter");
  const mask = await annotator.mask();
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.8);
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
});
