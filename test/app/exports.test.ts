import { decode } from "fast-png";
import { labelColour, readMaskFile, UNSURE } from "maskwise";
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

test("pixels that are too undecided are striped, and leave as 255; clicked ones stay", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.press("o");
  await annotator.press("Shift+u");
  const threshold = annotator.element.locator('[data-insight="unsure-from"]');
  await threshold.fill("5");
  const { uncertainty, data: mask } = await annotator.element.evaluate((element) => {
    // The page's own element, whose class is not known to the test.
    const { segmentation } = element as unknown as {
      segmentation: { uncertainty: { data: Float32Array }; mask: { data: Uint8Array } };
    };
    return { uncertainty: [...segmentation.uncertainty.data], data: [...segmentation.mask.data] };
  });
  const unsure = uncertainty.findIndex((value) => value >= 0.05);
  const [x, y] = [unsure % 320, Math.floor(unsure / 320)];
  const striped = await annotator.colourAt(x, y);
  const { bytes } = await annotator.exported("mask");
  const left = readMaskFile(bytes).mask.data;
  expect([...left]).toEqual(mask.map((label, at) => (uncertainty[at] >= 0.05 ? UNSURE : label)));
  expect(left[DISC[1] * 320 + DISC[0]]).toBe(1);
  await annotator.press("Shift+u");
  expect(await annotator.colourAt(x, y)).not.toEqual(striped);
  expect([...(decode((await annotator.exported("mask")).bytes).data as Uint8Array)]).toEqual(
    mask.map((label) => label * 255),
  );
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
