import fc from "fast-check";
import { expect, test } from "vitest";
import { channels, FIRST_LOOK, type Look } from "../state/look.ts";
import { adjust } from "./adjust.ts";

function adjusted(pixel: readonly number[], look: Partial<Look>): readonly number[] {
  const pixels = Uint8ClampedArray.from(pixel);
  adjust(pixels, { ...FIRST_LOOK, ...look });
  return [...pixels];
}

test("a channel is shown in grey, and luminance weighs green most", () => {
  const pixel = [200, 100, 50, 255];
  expect(adjusted(pixel, { channel: "colour" })).toEqual(pixel);
  expect(adjusted(pixel, { channel: "red" })).toEqual([200, 200, 200, 255]);
  expect(adjusted(pixel, { channel: "green" })).toEqual([100, 100, 100, 255]);
  expect(adjusted(pixel, { channel: "blue" })).toEqual([50, 50, 50, 255]);
  expect(adjusted(pixel, { channel: "grey" })).toEqual([118, 118, 118, 255]);
});

test("without contrast all is the middle grey, and with the most brightness all is white", () => {
  expect(adjusted([3, 90, 250, 255], { contrast: -1 })).toEqual([128, 128, 128, 255]);
  expect(adjusted([3, 90, 250, 255], { brightness: 1 })).toEqual([255, 255, 255, 255]);
});

test("what is lighter stays lighter or equal, and how opaque it is does not change", () => {
  const looks = fc.record({
    brightness: fc.double({ min: -1, max: 1, noNaN: true }),
    contrast: fc.double({ min: -1, max: 1, noNaN: true }),
    channel: fc.constantFrom(...channels),
  });
  fc.assert(
    fc.property(looks, fc.nat(255), fc.nat(255), fc.nat(255), (look, one, other, alpha) => {
      const [darker, lighter] = [Math.min(one, other), Math.max(one, other)];
      const [low, , , opaque] = adjusted([darker, darker, darker, alpha], look);
      const [high] = adjusted([lighter, lighter, lighter, alpha], look);
      expect(low).toBeLessThanOrEqual(high ?? 0);
      expect(opaque).toBe(alpha);
    }),
  );
});
