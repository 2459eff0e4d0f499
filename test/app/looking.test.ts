/** Looking at a photo: its pixels, its channels, where one is in it. */

import { expect, test } from "vitest";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, shapesPng } from "./shapes.ts";

const start = browsing();

test("brightness, contrast and channel change what is seen and not what is found", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const mask = await annotator.fingerprint();
  await annotator.element.locator('[data-look="opacity"]').fill("0");
  const at = [DISC[0] + 20, DISC[1]] as const;
  const plain = await annotator.colourAt(...at);
  await annotator.element.locator(".more > summary").click();
  await annotator.element.locator('[data-look="channel"]').selectOption("green");
  const [red, green, blue] = await annotator.colourAt(...at);
  expect([red, green, blue]).toEqual([plain[1], plain[1], plain[1]]);
  await annotator.element.locator('[data-look="brightness"]').fill("20");
  expect((await annotator.colourAt(...at))[0]).toBe((plain[1] ?? 0) + 51);
  await annotator.element.locator('[data-look="contrast"]').fill("-100");
  const levelled = await annotator.colourAt(...at);
  expect(await annotator.colourAt(GROUND[0], GROUND[1] + 30)).toEqual(levelled);
  await annotator.element.locator('[data-action="plain"]').click();
  expect(await annotator.colourAt(...at)).toEqual(plain);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toBe(mask);
}, 240_000);

test("close by, lines part the pixels, and each is as large as it is clicked on", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.moveTo(...GROUND);
  for (let i = 0; i < 6; i++) await annotator.page.mouse.wheel(0, -600);
  const middle = await annotator.colourAt(...GROUND);
  // A pixel's border is half a pixel from its middle.
  expect(await annotator.colourAt(GROUND[0] + 0.4, GROUND[1])).toEqual(middle);
  const line = [];
  for (const x of [0.47, 0.485, 0.5, 0.515])
    line.push(await annotator.colourAt(GROUND[0] + x, GROUND[1]));
  expect(line).not.toEqual(line.map(() => middle));
  await annotator.press("g");
  const bare = [];
  for (const x of [0.4, 0.47, 0.485]) bare.push(await annotator.colourAt(GROUND[0] + x, GROUND[1]));
  expect(bare).toEqual(bare.map(() => middle));
});

test("the map is there while not all is in sight, and leads to where it is pressed", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  const map = annotator.element.locator("maskwise-map");
  expect(await map.isVisible()).toBe(false);
  await annotator.moveTo(...DISC);
  for (let i = 0; i < 3; i++) await annotator.page.mouse.wheel(0, -600);
  expect(await map.isVisible()).toBe(true);
  const box = await map.boundingBox();
  const stage = await annotator.element.locator("main").boundingBox();
  if (!box || !stage) throw new Error("expected both to be in sight");
  await annotator.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const middle = await annotator.place(160, 120);
  expect(Math.abs(middle.x - (stage.x + stage.width / 2))).toBeLessThan(30);
  expect(Math.abs(middle.y - (stage.y + stage.height / 2))).toBeLessThan(30);
  expect(await annotator.history()).toEqual({ at: 0, of: 0 });
  await annotator.press("m");
  expect(await map.count()).toBe(0);
  await annotator.press("m");
  await annotator.press("Home");
  expect(await map.isVisible()).toBe(false);
});

test("a palm beside the pen says nothing, and the pen's eraser says background", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.element.locator("maskwise-stage canvas").evaluate(
    (canvas, places) => {
      // A pointer made by a script cannot be captured.
      canvas.setPointerCapture = () => {};
      const fire = (kind: string, options: PointerEventInit): void => {
        canvas.dispatchEvent(new PointerEvent(kind, { bubbles: true, ...options }));
      };
      const [pen, palm, rubber] = places.map(({ x, y }) => ({ clientX: x, clientY: y }));
      // The hand comes down first, and then the pen.
      fire("pointerdown", { ...palm, pointerId: 2, pointerType: "touch", button: 0 });
      fire("pointerdown", { ...pen, pointerId: 3, pointerType: "pen", button: 0 });
      fire("pointermove", { ...palm, pointerId: 2, pointerType: "touch" });
      fire("pointerup", { ...pen, pointerId: 3, pointerType: "pen", button: 0 });
      fire("pointerup", { ...palm, pointerId: 2, pointerType: "touch", button: 0 });
      // Turned round, a pen tells of its eraser as of a sixth button.
      fire("pointerdown", { ...rubber, pointerId: 3, pointerType: "pen", button: 5, buttons: 32 });
      fire("pointerup", { ...rubber, pointerId: 3, pointerType: "pen", button: 5 });
    },
    await Promise.all([
      annotator.place(...DISC),
      annotator.place(240, 200),
      annotator.place(...GROUND),
    ]),
  );
  await annotator.settled();
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(await annotator.labelAt(...GROUND)).toBe("background");
});
