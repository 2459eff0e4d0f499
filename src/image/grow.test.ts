import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import { grow } from "./grow.ts";
import type { Mask } from "./pixels.ts";

test("a pixel grows into a disc, and around other labels", () => {
  const mask = drawnMask(
    ".....", //
    ".....",
    "..#2.",
    ".....",
    ".....",
  );
  expect(drawing(grow(mask, 1))).toEqual([".....", "..#..", ".##2.", "..#..", "....."]);
  expect(drawing(grow(mask, 1.5))).toEqual([".....", ".###.", ".##2.", ".###.", "....."]);
});

test("a label shrinks from where it ends, not from the border of the image", () => {
  const mask = drawnMask("####.", "####.", "####.");
  expect(drawing(grow(mask, -1))).toEqual(["###..", "###..", "###.."]);
  const full = drawnMask("###", "###");
  expect(drawing(grow(full, -100))).toEqual(["###", "###"]);
});

test("nothing grows out of nothing", () => {
  expect(drawing(grow(drawnMask("...", "..."), 1000))).toEqual(["...", "..."]);
});

const within = (mask: Mask, x: number, y: number, by: number, holds: (value: number) => boolean) =>
  Array.from(mask.data).some((value, at) => {
    const [dx, dy] = [(at % mask.width) - x, Math.floor(at / mask.width) - y];
    return dx * dx + dy * dy <= by * by && holds(value);
  });

test("grown is within reach of the label, shrunk is out of reach of everything else", () => {
  const by = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(anyMask(2, 8), by, (mask, by) => {
      const [grown, shrunk] = [grow(mask, by), grow(mask, -by)];
      mask.data.forEach((value, at) => {
        const [x, y] = [at % mask.width, Math.floor(at / mask.width)];
        const takes = value === 0 && within(mask, x, y, by, (near) => near === 1);
        expect(grown.data[at]).toBe(takes ? 1 : value);
        const gives = value === 1 && within(mask, x, y, by, (near) => near !== 1);
        expect(shrunk.data[at]).toBe(gives ? 0 : value);
      });
    }),
  );
});

test("by 0 nothing changes, and a number that is none is refused", () => {
  const mask = drawnMask("#.", ".#");
  expect(grow(mask, 0)).toEqual(mask);
  expect(() => grow(mask, Number.NaN)).toThrow(/expected a finite number of pixels, got NaN/);
});
