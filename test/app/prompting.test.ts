import { expect, test } from "vitest";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, isDisc, overlap, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

const startOnShapes = () => start({ photos: [shapesPng()] });

test("a click that is dragged is where it was let go, and undo brings it back", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...RECTANGLE);
  const before = await annotator.fingerprint();
  await annotator.drag(RECTANGLE, DISC);
  expect(await annotator.lastSaid()).toMatchObject({ kind: "click", at: { x: 100, y: 120 } });
  const mask = await annotator.mask();
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.85);
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(before);
});

test("a lasso around an object cuts it out, and nothing outside", async () => {
  const annotator = await startOnShapes();
  await annotator.press("l");
  await annotator.moveTo(30, 50);
  await annotator.page.mouse.down();
  for (const [x, y] of [
    [170, 50],
    [170, 190],
    [30, 190],
    [30, 60],
  ] as const) {
    const at = await annotator.place(x, y);
    await annotator.page.mouse.move(at.x, at.y, { steps: 6 });
  }
  await annotator.page.mouse.up();
  await annotator.settled();
  expect((await annotator.lastSaid())?.kind).toBe("lasso");
  const mask = await annotator.mask();
  expect(mask && overlap(mask, "object", isDisc)).toBeGreaterThan(0.8);
  for (const at of [GROUND, RECTANGLE]) expect(await annotator.labelAt(...at)).toBe("background");
});

test("a locked object keeps its pixels whatever is said later, and says so where one clicks on it", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  const area = await annotator.area("object");
  await annotator.label("object").locator('[data-action="lock"]').click();
  await annotator.settled();
  await annotator.element.locator('[data-action="add-object"]').click();
  await annotator.click(160, 120);
  expect(await annotator.labelAt(160, 120)).toBe("object 2");
  expect(await annotator.area("object")).toBe(area);
  await annotator.click(100, 100);
  expect(await annotator.notices().allTextContents()).toContainEqual(
    expect.stringContaining("locked"),
  );
  expect(await annotator.labelAt(100, 100)).toBe("object");
  await annotator.label("object").locator('[data-action="lock"]').click();
  await annotator.settled();
  await annotator.label("object 2").locator(".name").click();
  await annotator.click(100, 100);
  expect(await annotator.labelAt(100, 100)).toBe("object 2");
});

test("N goes to the place where a click helps most, and Enter clicks there", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  const { at } = await annotator.history();
  await annotator.press("n");
  await annotator.press("Shift+Enter");
  expect((await annotator.history()).at).toBe(at + 1);
  const said = await annotator.lastSaid();
  if (said?.kind !== "click") throw new Error("expected a click");
  expect(said.says).toBe("background");
  expect(await annotator.labelAt(said.at.x, said.at.y)).toBe("background");
});

test("the strength is one step however far one slides, and its undo restores the mask", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  const slider = annotator.element.locator('[data-insight="strength"]');
  await slider.focus();
  for (let i = 0; i < 6; i++) await annotator.press("ArrowRight");
  expect((await annotator.history()).at).toBe(2);
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toEqual(before);
});

test("pointing at a pixel tells which clicks explain it, and by how much", async () => {
  const annotator = await startOnShapes();
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.press("w");
  await annotator.moveTo(104, 126);
  const reasons = annotator.element.locator("[data-reasons] li");
  await reasons.first().waitFor();
  const shares = await annotator.element.locator("[data-reasons] output").allTextContents();
  const total = shares.reduce((sum, text) => sum + Number.parseInt(text, 10), 0);
  expect(Math.abs(total - 100)).toBeLessThanOrEqual(shares.length);
  expect((await reasons.allTextContents()).join()).toContain("Click: object");
  await annotator.screenshot("why.png");
});

test("what the last click changed is shown when one asks, to be kept or undone", async () => {
  const annotator = await startOnShapes();
  const pill = annotator.element.locator("[data-changes]");
  await annotator.click(...DISC);
  expect(await pill.count()).toBe(0);
  await annotator.press("c");
  expect(await pill.textContent()).toMatch(/\+[\d,]+ {2}−0 pixels/);
  await annotator.screenshot("changes.png");
  await pill.locator('[data-action="keep"]').click();
  expect(await pill.count()).toBe(0);
  await annotator.click(...RECTANGLE);
  await pill.locator('[data-action="undo"]').click();
  await annotator.settled();
  expect(await annotator.labelAt(...RECTANGLE)).toBe("background");
});
