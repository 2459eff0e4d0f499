import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { pngClaiming } from "../support/pngHeader.ts";
import type { FileToOpen } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, SHAPES, shapes, shapesPng } from "./shapes.ts";

const start = browsing();

function file(name: string, mimeType: string, bytes: Uint8Array | string): FileToOpen {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}

function sharpShapes(): Sharp {
  const { width, height, data } = shapes();
  return sharp(data, { raw: { width, height, channels: 4 } });
}

test("dropped and pasted photos are opened like chosen ones", async () => {
  const annotator = await start();
  await annotator.drop(shapesPng("dropped.png"));
  expect(await annotator.photo("dropped.png").count()).toBe(1);
  await annotator.click(...DISC);
  expect(await annotator.labelAt(...DISC)).toBe("object");
  await annotator.paste(shapesPng("pasted.png"));
  expect(await annotator.photo("pasted.png").getAttribute("data-selected")).toBe("");
});

test("own photos take the sample's place, unless somebody is at work on it", async () => {
  const untouched = await start();
  await untouched.drop(shapesPng());
  expect(await untouched.photo("Sample scene").count()).toBe(0);
  const touched = await start();
  await touched.click(320, 240);
  await touched.drop(shapesPng());
  expect(await touched.photo("Sample scene").count()).toBe(1);
});

test("a photo that is dropped before the page has begun is not lost", async () => {
  const annotator = await start();
  await annotator.page.addInitScript((base64) => {
    document.addEventListener("DOMContentLoaded", () => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      // The page's own element, whose class is not known to the test.
      const element = document.querySelector("maskwise-annotator") as unknown as {
        openFiles(files: readonly File[]): void;
      };
      element.openFiles([new File([bytes], "early.png", { type: "image/png" })]);
    });
  }, shapesPng().buffer.toString("base64"));
  await annotator.page.reload();
  await annotator.settled();
  expect(await annotator.photo("early.png").getAttribute("data-selected")).toBe("");
  expect(await annotator.photo("Sample scene").count()).toBe(0);
  await annotator.click(...DISC);
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("what is no photo is refused by name, each file with its reason, and the good ones open", async () => {
  const annotator = await start();
  const png = shapesPng("good.png");
  await annotator.drop(
    file("notes.txt", "text/plain", "milk, bread"),
    file("pretender.jpg", "image/jpeg", "not a JPEG at all"),
    file("empty.png", "image/png", ""),
    file("vast.png", "image/png", pngClaiming(60_000, 60_000)),
    png,
  );
  const notices = await annotator.notices().allTextContents();
  expect(notices.map((text) => text.trim())).toEqual([
    expect.stringMatching(/“notes.txt” is not a picture/),
    expect.stringMatching(/“pretender.jpg” is not a picture/),
    expect.stringMatching(/“empty.png” is empty/),
    expect.stringMatching(/“vast.png” is 60000 × 60000, 3600 megapixels/),
  ]);
  await annotator.click(...DISC);
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("a bad file takes nothing away from the photo one is at", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  await annotator.drop(file("notes.txt", "text/plain", "milk, bread"));
  expect(await annotator.fingerprint()).toEqual(before);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
});

test("a photo cut off in the middle is refused when it is shown, and stays in the list", async () => {
  const annotator = await start();
  const whole = await sharpShapes().webp({ lossless: true }).toBuffer();
  await annotator.drop(file("half.webp", "image/webp", whole.subarray(0, whole.length / 2)));
  expect(await annotator.notices().textContent()).toMatch(/“half.webp” is damaged/);
});

test("every photo keeps its own clicks, objects and history", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const one = await annotator.fingerprint();
  await annotator.photo("two.png").locator(".name").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toBeUndefined();
  await annotator.click(...RECTANGLE);
  const two = await annotator.fingerprint();
  await annotator.press("a");
  expect(await annotator.fingerprint()).toEqual(one);
  await annotator.press("d");
  expect(await annotator.fingerprint()).toEqual(two);
  await annotator.press("Control+z");
  expect(await annotator.fingerprint()).toBeUndefined();
  await annotator.press("a");
  expect(await annotator.fingerprint()).toEqual(one);
});

test("the next photo has the objects of the one before", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  await annotator.press("f");
  await annotator.press("d");
  expect(await annotator.label("object 2").count()).toBe(1);
});

test("a closed photo can be brought back with its clicks", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  await annotator.photo("one.png").locator('[data-action="close"]').click();
  await annotator.settled();
  expect(await annotator.photo("one.png").count()).toBe(0);
  expect(await annotator.fingerprint()).toBeUndefined();
  await annotator.notices().getByText("Bring back").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toEqual(before);
});

test("with the last photo closed, the page asks for another", async () => {
  const annotator = await start();
  await annotator.photo("Sample scene").locator('[data-action="close"]').click();
  expect(await annotator.element.locator(".nothing").isVisible()).toBe(true);
  await annotator.choose(shapesPng());
  await annotator.click(...DISC);
  expect(await annotator.labelAt(...DISC)).toBe("object");
});

test("a photo that says it lies on its side is turned upright", async () => {
  const annotator = await start();
  const turned = await sharpShapes().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  await annotator.drop(file("turned.jpg", "image/jpeg", turned));
  // A quarter to the right: what was at (x, y) is at (height - 1 - y, x).
  const disc = [SHAPES.height - 1 - DISC[1], DISC[0]] as const;
  const [red, green] = await annotator.colourAt(...disc);
  expect(red - green).toBeGreaterThan(80);
  await annotator.click(...disc);
  const mask = await annotator.mask();
  expect([mask?.width, mask?.height]).toEqual([SHAPES.height, SHAPES.width]);
  expect(await annotator.labelAt(...disc)).toBe("object");
});

test("what is transparent counts as white, for the eye and for the model", async () => {
  const { width, height, data } = shapes();
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    // A strip that is transparent over whatever was there, and one of opaque white beside it.
    if (x < 30) data[4 * i + 3] = 0;
    else if (x < 60) data.fill(255, 4 * i, 4 * i + 3);
  }
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  const annotator = await start({ photos: [file("strips.png", "image/png", png)] });
  expect(await annotator.colourAt(15, 200)).toEqual([255, 255, 255, 255]);
  await annotator.click(15, 200);
  await annotator.click(90, 20, { button: "right" });
  for (const x of [5, 25, 35, 55]) expect(await annotator.labelAt(x, 60)).toBe("object");
});

test("JPEG, WebP, grey, palette and 16-bit photos open", async () => {
  const annotator = await start();
  const files = [
    file("a.jpg", "image/jpeg", await sharpShapes().jpeg().toBuffer()),
    file("b.webp", "image/webp", await sharpShapes().webp().toBuffer()),
    file("c.png", "image/png", await sharpShapes().greyscale().png().toBuffer()),
    file("d.png", "image/png", await sharpShapes().png({ palette: true }).toBuffer()),
    file("e.png", "image/png", await sharpShapes().toColourspace("rgb16").png().toBuffer()),
  ];
  for (const one of files) {
    await annotator.drop(one);
    await annotator.click(...DISC);
    expect([one.name, await annotator.labelAt(...DISC)]).toEqual([one.name, "object"]);
  }
});
