import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawnMask } from "../../test/drawnMask.ts";
import { checkPixelSet, pixelSetOf, pixelsOfSet } from "./pixelSet.ts";

test("a set of pixels is the rectangle around its pixels and their runs, column by column", () => {
  const mask = drawnMask(
    "....", //
    ".##.",
    ".#..",
  );
  expect(pixelSetOf(mask)).toEqual({ left: 1, top: 1, width: 2, height: 2, runs: "031" });
  expect(pixelSetOf(mask, 2)).toBeUndefined();
});

test("a set of pixels has the label's pixels and no others, also after it was written as JSON", () => {
  fc.assert(
    fc.property(anyMask(3), fc.integer({ min: 1, max: 3 }), (mask, label) => {
      const set = pixelSetOf(mask, label);
      const data = new Uint8Array(mask.data.length);
      if (set) {
        const sent = JSON.parse(JSON.stringify(set));
        checkPixelSet("test", sent, mask);
        const pixels = pixelsOfSet(sent);
        pixels.data.forEach((value, i) => {
          const [x, y] = [i % pixels.width, Math.floor(i / pixels.width)];
          data[(set.top + y) * mask.width + set.left + x] = value;
        });
      }
      expect(data).toEqual(mask.data.map((value) => Number(value === label)));
    }),
  );
});

test("a set of pixels beyond the image and damaged runs are refused", () => {
  const size = { width: 4, height: 3 };
  const set = { left: 3, top: 1, width: 2, height: 2, runs: "031" };
  expect(() => checkPixelSet("fill", set, size)).toThrow(/fill: expected whole pixels inside 4×3/);
  expect(() => checkPixelSet("fill", { ...set, left: 1, runs: "0" }, size)).toThrow(
    /expected runs that fill 2×2 = 4 pixels/,
  );
});
