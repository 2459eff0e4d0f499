import fc from "fast-check";
import { expect, test } from "vitest";
import { pixel } from "../image/pixels.ts";
import type { Lasso } from "./prompts.ts";
import { boundsOf, regionHolds, spansOf } from "./regions.ts";

function lasso(...points: readonly (readonly [number, number])[]): Lasso {
  return { kind: "lasso", points: points.map(([x, y]) => pixel(x, y)), says: "object" };
}

// Sixteenths, between which all that is computed here is exact enough.
const coordinate = fc.integer({ min: -8, max: 184 }).map((sixteenths) => sixteenths / 16);
const lassos = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 })
  .map((points) => lasso(...points));

/** Odd many edges to the right of the pixel's centre: the even-odd rule as it is written. */
function isAround({ points }: Lasso, x: number, y: number): boolean {
  let isInside = false;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length];
    if (a.y <= y === b.y <= y) return;
    const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
    if (x < upper.x + ((y - upper.y) * (lower.x - upper.x)) / (lower.y - upper.y)) {
      isInside = !isInside;
    }
  });
  return isInside;
}

test("a lasso holds the pixels whose centres it goes around, however it crosses itself", () => {
  fc.assert(
    fc.property(lassos, (one) => {
      for (let y = -1; y <= 12; y++) {
        for (let x = -1; x <= 12; x++) {
          expect(regionHolds(one, x, y)).toBe(isAround(one, x, y));
        }
      }
    }),
  );
});

test("drawn along corners of pixels it holds what a box of those pixels holds", () => {
  const around = lasso([1.5, 2.5], [7.5, 2.5], [7.5, 9.5], [1.5, 9.5]);
  const box = { kind: "box", from: pixel(2, 3), to: pixel(7, 9), says: "object" } as const;
  for (let y = 0; y < 12; y++) expect(spansOf(around, y)).toEqual(spansOf(box, y));
});

test("nothing that a region holds lies outside its bounds", () => {
  fc.assert(
    fc.property(lassos, (one) => {
      const { from, to } = boundsOf(one);
      for (let y = -1; y <= 12; y++) {
        for (const [left, right] of spansOf(one, y)) {
          expect(y >= from.y && y <= to.y && left >= from.x && right <= to.x).toBe(true);
        }
      }
    }),
  );
});
