/** Photos of one pixel and of a hundred million. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, SHAPES, shapes } from "./shapes.ts";

const start = browsing();

test("a photo of one pixel can be clicked on and exported", async () => {
  const one = { raw: { width: 1, height: 1, channels: 3 } } as const;
  const buffer = await sharp(Uint8Array.of(200, 60, 50), one)
    .png()
    .toBuffer();
  const annotator = await start({ photos: [{ name: "one.png", mimeType: "image/png", buffer }] });
  await annotator.click(0, 0);
  expect(await annotator.labelAt(0, 0)).toBe("object");
  const { bytes } = await annotator.exported("mask");
  const { width, height, data } = decode(bytes);
  expect([width, height, data[0] === 0]).toEqual([1, 1, false]);
  await annotator.press("Control+z");
  await annotator.click(0, 0, { button: "right" });
  expect(await annotator.labelAt(0, 0)).toBe("background");
});

test("a photo of 100 megapixels is looked at pixel by pixel, and its mask has its size", async () => {
  const factor = 37;
  const { width, height, data } = shapes();
  const size = { width: width * factor, height: height * factor };
  expect(size.width * size.height).toBeGreaterThan(100e6);
  // One pixel that only the photo itself shows, deep in the disc.
  const speck = { left: DISC[0] * factor + 7, top: DISC[1] * factor + 9 };
  const white = { create: { width: 1, height: 1, channels: 3, background: "#fff" } } as const;
  const folder = await mkdtemp(join(tmpdir(), "maskwise-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "vast.png");
  await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ ...size, kernel: "nearest" })
    .composite([{ input: await sharp(white).png().toBuffer(), ...speck }])
    .png({ compressionLevel: 1 })
    .toFile(path);
  const annotator = await start();
  await annotator.element.locator('input[type="file"]').setInputFiles(path);
  const name = annotator.element.locator(".photo-name");
  await expect.poll(() => name.textContent(), { timeout: 120_000 }).toMatch(/11840 × 8880/);
  await annotator.settled();
  // What is worked on is smaller.
  const worked = await annotator.element.evaluate((element) => {
    const { session } = element as unknown as { session: { width: number; height: number } };
    return [session.width, session.height] as const;
  });
  expect(worked[0] * worked[1]).toBeLessThanOrEqual(24.1e6);
  const at = ([x, y]: readonly [number, number]) =>
    [
      Math.floor(((x + 0.5) / SHAPES.width) * worked[0]),
      Math.floor(((y + 0.5) / SHAPES.height) * worked[1]),
    ] as const;
  await annotator.click(...at(DISC));
  await annotator.click(...at(GROUND), { button: "right" });
  await annotator.click(...at(RECTANGLE), { button: "right" });
  expect(await annotator.labelAt(...at(DISC))).toBe("object");
  await annotator.element.locator('[data-look="opacity"]').fill("0");
  await annotator.press("g");
  // Zoomed in, the speck is one pixel of the photo, whatever is worked on.
  const scale = worked[0] / size.width;
  const down = worked[1] / size.height;
  const [x, y] = [(speck.left + 0.5) * scale - 0.5, (speck.top + 0.5) * down - 0.5];
  await annotator.moveTo(x, y);
  for (let i = 0; i < 12; i++) {
    await annotator.page.mouse.wheel(0, -600);
    await annotator.moveTo(x, y);
  }
  expect(await annotator.colourAt(x, y)).toEqual([255, 255, 255, 255]);
  const [red, green] = await annotator.colourAt(x + 1.5 * scale, y);
  expect((red ?? 0) - (green ?? 0)).toBeGreaterThan(80);
  const { bytes } = await annotator.exported("mask");
  const mask = decode(bytes);
  expect([mask.width, mask.height]).toEqual([size.width, size.height]);
  const maskAt = ([column, row]: readonly [number, number]): boolean =>
    mask.data[row * factor * size.width + column * factor] !== 0;
  expect([maskAt(DISC), maskAt(GROUND), maskAt(RECTANGLE)]).toEqual([true, false, false]);
}, 600_000);
