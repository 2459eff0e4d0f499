import fc from "fast-check";
import { expect, test } from "vitest";
import { drawing, drawnMask } from "../../test/drawnMask.ts";
import { areaAverage, areaAveragePicture } from "./areaAverage.ts";
import { cropMask, cropPicture, cropPlane } from "./crop.ts";
import type { Plane } from "./pixels.ts";
import { resizedRows, resizeMask, resizePicture, resizePlane } from "./resize.ts";

const row = (...values: number[]): Plane => ({
  width: values.length,
  height: 1,
  data: Float32Array.from(values),
});
const side = fc.integer({ min: 1, max: 9 });
const anySize = fc.record({ width: side, height: side });
const anyPlane = anySize.chain((size) =>
  fc
    .array(fc.integer({ min: -100, max: 100 }), {
      minLength: size.width * size.height,
      maxLength: size.width * size.height,
    })
    .map((values): Plane => ({ ...size, data: Float32Array.from(values) })),
);
/** The same values as columns and rows exchanged. */
const turned = ({ width, height, data }: Plane): Plane => ({
  width: height,
  height: width,
  data: Float32Array.from(data, (_, i) => data[(i % height) * width + Math.floor(i / height)]),
});
const mean = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / data.length;

test("rows of a resized plane are those of the whole", () => {
  fc.assert(
    fc.property(anyPlane, anySize, fc.nat(), (plane, size, cut) => {
      const rows = resizedRows(plane, size);
      const at = cut % (size.height + 1);
      const parts = [...rows(0, at), ...rows(at, size.height)];
      expect(parts).toEqual([...resizePlane(plane, size).data]);
    }),
  );
});

test("twice as wide, new pixels lie a quarter from old ones", () => {
  expect([...resizePlane(row(0, 4), { width: 4, height: 1 }).data]).toEqual([0, 1, 3, 4]);
});

test("half as wide, a new pixel is a mean that reaches as far as its neighbours do", () => {
  const [first, second] = resizePlane(row(0, 0, 8, 8), { width: 2, height: 1 }).data;
  // Triangles of half-width 2 around ½ and 2½: weights ¾ ¾ ¼ (0 beyond the border), of 1¾.
  expect(first).toBeCloseTo((8 * 0.25) / 1.75, 6);
  expect(second).toBeCloseTo((8 * 1.5) / 1.75, 6);
});

test("area averaging shares the pixels on the rim", () => {
  expect([...areaAverage(row(3, 6, 9), { width: 2, height: 1 }).data]).toEqual([4, 8]);
});

test("area averaging keeps the mean", () => {
  fc.assert(
    fc.property(anyPlane, anySize, (plane, size) => {
      const smaller = {
        width: Math.min(size.width, plane.width),
        height: Math.min(size.height, plane.height),
      };
      expect(mean(areaAverage(plane, smaller))).toBeCloseTo(mean(plane), 4);
    }),
  );
});

test("the same size is the same plane", () => {
  fc.assert(
    fc.property(anyPlane, (plane) => {
      expect(resizePlane(plane, plane)).toEqual(plane);
      expect(areaAverage(plane, plane)).toEqual(plane);
    }),
  );
});

test("no new number is beyond the old ones", () => {
  fc.assert(
    fc.property(anyPlane, anySize, (plane, size) => {
      const { data } = resizePlane(plane, size);
      expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...plane.data) + 1e-4);
      expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...plane.data) - 1e-4);
    }),
  );
});

test("rows and columns are treated alike", () => {
  fc.assert(
    fc.property(anyPlane, anySize, (plane, size) => {
      const across = resizePlane(turned(plane), { width: size.height, height: size.width }).data;
      const down = turned(resizePlane(plane, size)).data;
      across.forEach((value, i) => {
        expect(value).toBeCloseTo(down[i], 4);
      });
    }),
  );
});

test("pictures are resized per channel and rounded", () => {
  const picture = { width: 2, height: 1, data: Uint8Array.of(0, 100, 255, 10, 101, 255) };
  expect([...areaAveragePicture(picture, { width: 1, height: 1 }).data]).toEqual([5, 101, 255]);
  expect([...resizePicture(picture, { width: 4, height: 1 }).data]).toEqual([
    0, 100, 255, 3, 100, 255, 8, 101, 255, 10, 101, 255,
  ]);
});

test("a mask takes the label at each new centre", () => {
  const mask = drawnMask("#2", "..");
  expect(drawing(resizeMask(mask, { width: 4, height: 3 }))).toEqual(["##22", "....", "...."]);
  expect(drawing(resizeMask(drawnMask("#2.3."), { width: 2, height: 1 }))).toEqual(["23"]);
});

test("sizes that are none are refused", () => {
  expect(() => resizePlane(row(1), { width: 0, height: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: resizePlane: expected whole sides of at least 1 pixel, got 0×1.]`,
  );
  expect(() => resizeMask(drawnMask("#"), { width: 1.5, height: 1 })).toThrow(RangeError);
  expect(() => areaAverage(row(1, 2), { width: 3, height: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: areaAverage: expected a size up to 2×1, got 3×1. To enlarge, use resize.]`,
  );
});

test("a part of an image has its pixels", () => {
  const part = { left: 1, top: 1, width: 2, height: 1 };
  expect(drawing(cropMask(drawnMask("...", ".#2", "333"), part))).toEqual(["#2"]);
  const plane = { width: 3, height: 2, data: Float32Array.of(0, 1, 2, 3, 4, 5) };
  expect([...cropPlane(plane, part).data]).toEqual([4, 5]);
  const picture = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i) };
  expect([...cropPicture(picture, part).data]).toEqual([12, 13, 14, 15, 16, 17]);
});

test("a part beyond the border is refused", () => {
  const part = { left: 1, top: 0, width: 2, height: 1 };
  expect(() => cropMask(drawnMask("##"), part)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: cropMask: expected whole pixels inside 2×1, got 2×1 at (1, 0).]`,
  );
});
