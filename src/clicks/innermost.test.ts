import fc from "fast-check";
import { expect, test } from "vitest";
import { type PixelPoint, pixel } from "../image/pixels.ts";
import { innermost } from "./innermost.ts";
import type { Lasso } from "./prompts.ts";
import { holdsAnything, regionHolds } from "./regions.ts";

function lasso(points: readonly PixelPoint[]): Lasso {
  return { kind: "lasso", points, says: "object" };
}

test("the innermost place of a square is its middle, at any size", () => {
  for (const side of [8, 40, 200, 2000]) {
    const corners = [
      pixel(3, 5),
      pixel(3 + side, 5),
      pixel(3 + side, 5 + side),
      pixel(3, 5 + side),
    ];
    const { x, y } = innermost(lasso(corners));
    const step = Math.max(1, side / 200);
    expect(Math.abs(x - 3 - side / 2)).toBeLessThanOrEqual(step);
    expect(Math.abs(y - 5 - side / 2)).toBeLessThanOrEqual(step);
  }
});

test("the innermost place lies inside, also of a lasso that bends around its middle", () => {
  const around = lasso([
    pixel(0, 0),
    pixel(40, 0),
    pixel(40, 40),
    pixel(30, 40),
    pixel(30, 10),
    pixel(10, 10),
    pixel(10, 40),
    pixel(0, 40),
  ]);
  const { x, y } = innermost(around);
  expect(regionHolds(around, Math.round(x), Math.round(y))).toBe(true);
  const coordinate = fc.double({ min: 0, max: 90, noNaN: true });
  const points = fc.array(
    fc.tuple(coordinate, coordinate).map(([x, y]) => pixel(x, y)),
    { minLength: 3, maxLength: 8 },
  );
  fc.assert(
    fc.property(points.map(lasso).filter(holdsAnything), (one) => {
      const place = innermost(one);
      expect(regionHolds(one, place.x, place.y)).toBe(true);
    }),
  );
});
