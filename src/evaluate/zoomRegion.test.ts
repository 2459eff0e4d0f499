import { expect, test } from "vitest";
import { type PixelPoint, type Plane, pixel } from "../image/pixels.ts";
import {
  agreement,
  clamped,
  expanded,
  inRegion,
  maskRegion,
  nextRegion,
  type Region,
} from "./zoomRegion.ts";

const IMAGE = { width: 640, height: 480 };

const region = (top: number, bottom: number, left: number, right: number): Region => ({
  top,
  bottom,
  left,
  right,
});

/** Sure of these rows and columns, both ends included. */
function sureOf({ top, bottom, left, right }: Region): Plane {
  const data = new Float32Array(IMAGE.width * IMAGE.height);
  for (let y = top; y <= bottom; y++) {
    data.fill(1, y * IMAGE.width + left, y * IMAGE.width + right + 1);
  }
  return { ...IMAGE, data };
}

function wanted(mask: Region, ...clicks: readonly PixelPoint[]): Region {
  const box = maskRegion(sureOf(mask), clicks);
  if (box === undefined) throw new Error("no mask");
  return expanded(box);
}

// The vectors of the evaluation protocol, 480×640; a click (row, column) is pixel(column, row).

test("Z1: a small object gets 200 pixels a side", () => {
  expect(wanted(region(100, 200, 300, 400), pixel(350, 150))).toEqual(region(50, 250, 250, 450));
});

test("Z2: a large one grows beyond the image and is cut off", () => {
  const grown = wanted(region(100, 399, 50, 599));
  expect(grown).toEqual(region(40, 460, -60, 710));
  expect(clamped(grown, IMAGE)).toEqual(region(40, 460, 0, 639));
});

test("Z3: a click far from the mask is inside", () => {
  const grown = wanted(region(10, 19, 10, 19), pixel(500, 300));
  expect(grown).toEqual(region(-49, 359, -89, 599));
  expect(clamped(grown, IMAGE)).toEqual(region(0, 359, 0, 599));
});

test("Z4: halves are rounded to even, and clicks go along", () => {
  const grown = wanted(region(100, 199, 300, 399));
  expect(grown).toEqual(region(50, 250, 250, 450));
  const { x, y } = inRegion(pixel(350, 150), grown, { width: 400, height: 400 });
  expect(x).toBeCloseTo(199.005, 3);
  expect(y).toBeCloseTo(199.005, 3);
});

test("a region is kept at an agreement of a half, and given up at a third", () => {
  const before = region(0, 99, 0, 99);
  expect(agreement(before, region(50, 149, 0, 99))).toBeCloseTo(1 / 3, 12);
  expect(agreement(before, region(0, 49, 0, 99))).toBe(0.5);
  expect(nextRegion(before, region(50, 149, 0, 99), [])).toEqual(region(50, 149, 0, 99));
  expect(nextRegion(before, region(0, 49, 0, 99), [])).toBe(before);
});

test("a click on the object in the last row of a region counts as outside", () => {
  const before = region(0, 99, 0, 99);
  const next = region(0, 98, 0, 98);
  expect(nextRegion(before, next, [pixel(5, 98)])).toBe(before);
  expect(nextRegion(before, next, [pixel(5, 99)])).toBe(next);
  expect(nextRegion(undefined, next, [])).toBe(next);
});

test("without a mask there is no region, whatever was clicked", () => {
  expect(maskRegion({ ...IMAGE, data: new Float32Array(640 * 480).fill(0.5) }, [pixel(1, 1)])).toBe(
    undefined,
  );
});
