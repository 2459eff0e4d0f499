import sharp from "sharp";
import { expect, test } from "vitest";
import { sizeInHeader } from "./sizeInHeader.ts";

const picture = sharp({ create: { width: 301, height: 17, channels: 4, background: "#3a78" } });

const FILES = {
  PNG: () => picture.clone().png(),
  GIF: () => picture.clone().gif(),
  "baseline JPEG": () => picture.clone().jpeg(),
  "progressive JPEG with a profile": () =>
    picture.clone().withIccProfile("p3").jpeg({ progressive: true }),
  "WebP, lossy with alpha": () => picture.clone().webp(),
  "WebP, lossy": () => picture.clone().flatten().webp(),
  "WebP, lossless": () => picture.clone().webp({ lossless: true }),
} as const;

test.for(Object.entries(FILES))("the header of a %s tells its size", async ([, make]) => {
  const bytes = new Uint8Array(await make().toBuffer());
  expect(await sizeInHeader(new Blob([bytes]))).toEqual({ width: 301, height: 17 });
});

test("a header cut short anywhere tells nothing, and never a wrong size", async () => {
  for (const make of Object.values(FILES)) {
    const bytes = new Uint8Array(await make().toBuffer());
    for (let length = 0; length < Math.min(bytes.length, 400); length++) {
      const told = await sizeInHeader(new Blob([bytes.subarray(0, length)]));
      expect([undefined, "301×17"]).toContain(told && `${told.width}×${told.height}`);
    }
  }
});

test("other files tell nothing", async () => {
  for (const text of ["", "BM", "GIF", "hello, this is a letter", "<svg/>"]) {
    expect(await sizeInHeader(new Blob([text]))).toBeUndefined();
  }
});
