import fc from "fast-check";
import { expect, test } from "vitest";
import { boxBlur, gaussianBlur } from "./blur.ts";
import type { Plane } from "./pixels.ts";

const side = fc.integer({ min: 1, max: 8 });
const anyPlane = fc.tuple(side, side).chain(([width, height]) =>
  fc
    .array(fc.integer({ min: -50, max: 50 }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values): Plane => ({ width, height, data: Float32Array.from(values) })),
);

/** Weighted means by their definition. */
function slowly({ width, data }: Plane, weight: (dx: number, dy: number) => number) {
  return Array.from(data, (_, at) => {
    let [sum, total] = [0, 0];
    data.forEach((value, other) => {
      const dx = Math.abs((other % width) - (at % width));
      const dy = Math.abs(Math.floor(other / width) - Math.floor(at / width));
      sum += value * weight(dx, dy);
      total += weight(dx, dy);
    });
    return sum / total;
  });
}

test("a box blur is the mean over the square, as far as it is in the image", () => {
  fc.assert(
    fc.property(anyPlane, fc.nat({ max: 10 }), (plane, radius) => {
      const expected = slowly(plane, (dx, dy) => (Math.max(dx, dy) <= radius ? 1 : 0));
      boxBlur(plane, radius).data.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 4);
      });
    }),
  );
});

test("a Gaussian blur is the mean with Gaussian weights, cut off beyond three sigmas", () => {
  fc.assert(
    fc.property(anyPlane, fc.constantFrom(0.4, 1, 2.5), (plane, sigma) => {
      const reach = Math.ceil(3 * sigma);
      const expected = slowly(plane, (dx, dy) =>
        Math.max(dx, dy) > reach ? 0 : Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)),
      );
      gaussianBlur(plane, sigma).data.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 3);
      });
    }),
  );
});

test("no blur changes nothing", () => {
  fc.assert(
    fc.property(anyPlane, (plane) => {
      expect(boxBlur(plane, 0)).toEqual(plane);
      expect(gaussianBlur(plane, 0)).toEqual(plane);
    }),
  );
});

test("a blur that is none is refused", () => {
  const plane = { width: 1, height: 1, data: Float32Array.of(1) };
  expect(() => boxBlur(plane, 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: boxBlur: expected a whole radius from 0 pixels, got 0.5.]`,
  );
  expect(() => gaussianBlur(plane, -1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gaussianBlur: expected sigma >= 0 pixels, got -1.]`,
  );
});
