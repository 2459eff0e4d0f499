import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import { maskArea } from "./maskExtent.ts";
import type { Mask } from "./pixels.ts";
import { smooth } from "./smooth.ts";

test("a thread goes but for its root, a nick is filled, other labels stay", () => {
  const mask = drawnMask(
    "........2", //
    "#####....",
    "#####....",
    "##.#####.",
    "#####....",
    "#####....",
  );
  expect(drawing(smooth(mask, 1))).toEqual([
    "........2",
    "#####....",
    "#####....",
    "######...",
    "#####....",
    "#####....",
  ]);
});

test("a straight edge stays where it is, whatever the width of the Gaussian", () => {
  const half: Mask = {
    width: 30,
    height: 9,
    data: Uint8Array.from({ length: 270 }, (_, at) => Number(at % 30 < 13)),
  };
  for (const sigma of [0.5, 1, 2, 4]) expect(smooth(half, sigma)).toEqual(half);
});

test("the label and its opposite are smoothed alike", () => {
  const opposite = (mask: Mask): Mask => ({ ...mask, data: mask.data.map((value) => 1 - value) });
  fc.assert(
    fc.property(anyMask(1, 9), fc.constantFrom(0, 0.7, 1.5), (mask, sigma) => {
      const [own, other] = [smooth(mask, sigma), opposite(smooth(opposite(mask), sigma))];
      // Only where exactly half is around does each keep what it has.
      expect(own).toEqual(other);
    }),
  );
});

test("a disc stays a disc of about its size", () => {
  const disc: Mask = {
    width: 41,
    height: 41,
    data: Uint8Array.from({ length: 41 * 41 }, (_, at) =>
      Number(((at % 41) - 20) ** 2 + (Math.floor(at / 41) - 20) ** 2 <= 15 ** 2),
    ),
  };
  // A Gaussian moves an edge of curvature 1/R inwards by σ²/2R: here 0.13 px, 12 pixels of 707.
  expect(Math.abs(maskArea(smooth(disc, 2)) - maskArea(disc))).toBeLessThan(40);
});
