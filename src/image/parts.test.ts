import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import { dropIslands } from "./dropIslands.ts";
import { maskArea } from "./maskExtent.ts";
import { parts } from "./parts.ts";

const MASK = drawnMask(
  "#...##", //
  ".#..##",
  "...2#.",
  "##....",
);

test("the largest part is the first, corners hold together", () => {
  const { data, areas } = parts(MASK);
  expect(areas).toEqual([5, 2, 2]);
  expect(drawing({ ...MASK, data: Uint8Array.from(data) })).toEqual([
    "2...##",
    ".2..##",
    "....#.",
    "33....",
  ]);
});

test("dropping islands leaves the largest part, those asked for, and other labels", () => {
  expect(drawing(dropIslands(MASK))).toEqual(["....##", "....##", "...2#.", "......"]);
  expect(drawing(dropIslands(MASK, 1, [3 * 6]))).toEqual(["....##", "....##", "...2#.", "##...."]);
});

test("parts have all pixels of the label, none is larger than the one before it", () => {
  fc.assert(
    fc.property(anyMask(2), (mask) => {
      const { data, areas } = parts(mask);
      mask.data.forEach((value, at) => {
        expect(data[at] > 0).toBe(value === 1);
      });
      expect(areas.reduce((sum, area) => sum + area, 0)).toBe(maskArea(mask));
      expect(areas.every((area, i) => i === 0 || area <= areas[i - 1])).toBe(true);
      areas.forEach((area, i) => {
        expect(data.filter((part) => part === i + 1).length).toBe(area);
      });
    }),
  );
});

test("after dropping islands there is one part, the largest, and dropping again changes nothing", () => {
  fc.assert(
    fc.property(anyMask(2), (mask) => {
      const dropped = dropIslands(mask);
      expect(parts(dropped).areas).toEqual(parts(mask).areas.slice(0, 1));
      expect(dropIslands(dropped)).toEqual(dropped);
    }),
  );
});
