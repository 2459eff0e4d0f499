import { decode } from "fast-png";
import { labelColour, readMaskFile } from "maskwise";
import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

async function startOnShapes(): Promise<Annotator> {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  return annotator;
}

async function addRectangle(annotator: Annotator): Promise<void> {
  await annotator.press("f");
  await annotator.click(...RECTANGLE);
}

test("one object leaves as a black and white PNG of the photo's size", async () => {
  const annotator = await startOnShapes();
  const { name, bytes } = await annotator.exported("mask");
  expect(name).toBe("shapes.mask.png");
  const png = decode(bytes);
  expect([png.width, png.height, png.channels, png.depth]).toEqual([320, 240, 1, 8]);
  const mask = await annotator.mask();
  expect(Array.from(png.data)).toEqual(Array.from(mask?.data ?? [], (label) => label * 255));
});

test("several objects leave as an indexed PNG", async () => {
  const annotator = await startOnShapes();
  await addRectangle(annotator);
  const { name, bytes } = await annotator.exported("mask");
  expect(name).toBe("shapes.mask.png");
  const png = decode(bytes);
  expect(png.palette?.map(([red, green, blue]) => [red, green, blue])).toEqual(
    [0, 1, 2].map((label) => [...labelColour(label)]),
  );
  const mask = await annotator.mask();
  expect([...readMaskFile(bytes).mask.data]).toEqual([...(mask?.data ?? [])]);
});

test("COCO tells every object by name, with its exact pixels", async () => {
  const annotator = await startOnShapes();
  await addRectangle(annotator);
  const { name, bytes } = await annotator.exported("coco");
  expect(name).toBe("shapes.coco.json");
  const document = JSON.parse(bytes.toString());
  expect(document.images).toEqual([{ id: 1, file_name: "shapes.png", width: 320, height: 240 }]);
  expect(document.categories.map((category: { name: string }) => category.name)).toEqual([
    "object",
    "object 2",
  ]);
  const areas = document.annotations.map((annotation: { area: number }) => annotation.area);
  expect(areas).toEqual([await annotator.area("object"), await annotator.area("object 2")]);
  const mask = await annotator.mask();
  expect([...readMaskFile(bytes).mask.data]).toEqual([...(mask?.data ?? [])]);
});

test("an export waits for the clicks before it", async () => {
  const annotator = await startOnShapes();
  await annotator.click(200, 30, { isHasty: true });
  const { bytes } = await annotator.exported("mask");
  expect(decode(bytes).data[30 * 320 + 200]).toBe(255);
});

test("an exported photo is ticked until it is clicked on again", async () => {
  const annotator = await startOnShapes();
  const tick = annotator.photo("shapes.png").locator('[aria-label="exported"]');
  expect(await tick.count()).toBe(0);
  await annotator.exported("mask");
  expect(await tick.count()).toBe(1);
  await annotator.click(200, 30);
  expect(await tick.count()).toBe(0);
});

test("without a mask there is nothing to export, and that is said", async () => {
  const annotator = await start();
  await annotator.element.locator("summary.primary").click();
  await annotator.element.locator('[data-export="mask"]').click();
  await annotator.settled();
  expect(await annotator.notices().textContent()).toMatch(/no mask yet/);
});
