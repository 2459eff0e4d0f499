import fc from "fast-check";
import { expect, test } from "vitest";
import { type PixelPoint, pixel } from "../image/pixels.ts";
import { pinnedPixels } from "./pinnedPixels.ts";
import type { Box, Click, Stroke } from "./prompts.ts";
import { regionHolds } from "./regions.ts";

const SIZE = { width: 9, height: 7 };
const click = (x: number, y: number, says = "object"): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});
const stroke = (width: number, ...points: PixelPoint[]): Stroke => ({
  kind: "stroke",
  points,
  width,
  says: "object",
});
const box = (x0: number, y0: number, x1: number, y1: number): Box => ({
  kind: "box",
  from: pixel(x0, y0),
  to: pixel(x1, y1),
  says: "object",
});

/** The pixels under a stroke, as a drawing. */
function drawn(said: Stroke, size = SIZE): string[] {
  const under = pinnedPixels([said], size);
  return Array.from({ length: size.height }, (_, y) =>
    Array.from({ length: size.width }, (_, x) =>
      under.get(y * size.width + x) === undefined ? "." : "#",
    ).join(""),
  );
}

test("a click pins the pixel it rounds to", () => {
  expect([...pinnedPixels([click(2.4, 3.5)], SIZE)]).toEqual([[4 * 9 + 2, "object"]]);
  expect([...pinnedPixels([click(-0.5, -0.5)], SIZE)]).toEqual([[0, "object"]]);
});

test("a stroke pins what is under the brush: discs at its points and the band between", () => {
  expect(drawn(stroke(3, pixel(2, 3), pixel(6, 3)))).toEqual([
    ".........",
    ".........",
    ".#######.",
    ".#######.",
    ".#######.",
    ".........",
    ".........",
  ]);
});

test("a brush of one pixel draws a line of single pixels", () => {
  expect(drawn(stroke(1, pixel(1, 1), pixel(4, 4), pixel(8, 4)))).toEqual([
    ".........",
    ".#.......",
    "..#......",
    "...#.....",
    "....#####",
    ".........",
    ".........",
  ]);
});

test("the thinnest dot between four pixels still leaves a trace", () => {
  expect([...pinnedPixels([stroke(1, pixel(3.5, 3.5))], SIZE)]).toEqual([[4 * 9 + 4, "object"]]);
});

test("a stroke that leaves the image pins what is inside of it", () => {
  expect(drawn(stroke(5, pixel(0, 0), pixel(8, 0)), { width: 4, height: 4 })).toEqual([
    "####",
    "####",
    "####",
    "....",
  ]);
});

test("a pixel is under the brush where its distance to the line is at most half the width", () => {
  const anyPlace = fc
    .tuple(fc.double({ min: 0, max: 23, noNaN: true }), fc.double({ min: 0, max: 17, noNaN: true }))
    .map(([x, y]) => pixel(x, y));
  const size = { width: 24, height: 18 };
  fc.assert(
    fc.property(
      fc.array(anyPlace, { minLength: 1, maxLength: 4 }),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (points, width) => {
        const under = pinnedPixels([stroke(width, ...points)], size);
        const dots = new Set(points.map(({ x, y }) => Math.round(y) * 24 + Math.round(x)));
        for (let at = 0; at < 24 * 18; at++) {
          const gap = distance(points, at % 24, Math.floor(at / 24)) - width / 2;
          // Within rounding of the rim either answer will do.
          if (Math.abs(gap) < 1e-9) continue;
          expect(under.get(at) !== undefined).toBe(gap < 0 || dots.has(at));
        }
      },
    ),
  );
});

function distance(points: readonly PixelPoint[], x: number, y: number): number {
  const gaps = points.map((b, i) => {
    const a = points[Math.max(0, i - 1)];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / length;
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
  });
  return Math.min(...gaps);
}

test("two labels on one pixel contradict each other, and the error says where", () => {
  const both = [click(3, 2), click(3.2, 1.8, "background")];
  expect(() => pinnedPixels(both, SIZE)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click: expected one label for pixel (3, 2), got "background" and "object". Take one of them back first.]`,
  );
  const under = [stroke(3, pixel(1, 1), pixel(5, 1)), click(4, 2, "background")];
  expect(() => pinnedPixels(under, SIZE)).toThrow(RangeError);
});

test("the same thing said in two ways is no contradiction", () => {
  const said = [click(3, 1), stroke(3, pixel(1, 1), pixel(5, 1)), click(2.9, 1)];
  expect(pinnedPixels(said, SIZE).get(9 + 3)).toBe("object");
});

test("a label pinned outside its box contradicts the box", () => {
  expect(() =>
    pinnedPixels([box(1, 1, 3, 3), click(4, 2)], SIZE),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click: expected "object" inside its box, got it at pixel (4, 2). Move the box, or take one of them back first.]`,
  );
  expect(() => pinnedPixels([box(1, 1, 3, 3), stroke(1, pixel(2, 2), pixel(4, 2))], SIZE)).toThrow(
    /pixel \(4, 2\)/,
  );
});

test("a label may be pinned in any of its boxes, and another label anywhere", () => {
  const boxes = [box(1, 1, 3, 3), box(8, 6, 6, 5)];
  const said = [...boxes, click(3, 3), click(6, 5), click(5, 0, "background")];
  expect(pinnedPixels(said, SIZE).size).toBe(3);
});

test("a box holds the pixels of its corners", () => {
  const one = box(2.4, 1, 4.5, 3);
  expect([1, 2, 3, 4, 5, 6].map((x) => regionHolds(one, x, 2))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ]);
  expect([0, 1, 3, 4].map((y) => regionHolds(one, 3, y))).toEqual([false, true, true, false]);
});

test("fixed pixels come in ascending order, also part of them", () => {
  const pinned = pinnedPixels([click(3, 4, "background"), click(8, 0), click(1, 2)], SIZE);
  const all = [
    [8, "object"],
    [19, "object"],
    [39, "background"],
  ];
  expect([...pinned]).toEqual(all);
  expect([...pinned.between(9, 39)]).toEqual([all[1]]);
  expect(pinned.size).toBe(3);
  expect(pinned.get(20)).toBeUndefined();
});
