import fc from "fast-check";
import { expect, test } from "vitest";
import { applyGuided } from "./applyGuided.ts";
import { guide, guidedCoefficients } from "./guidedFilter.ts";
import type { Picture, Plane, Size } from "./pixels.ts";

const anyPicture = (width: number, height: number): fc.Arbitrary<Picture> =>
  fc
    .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
    .map((data) => ({ width, height, data }));
const anyPlane = ({ width, height }: Size): fc.Arbitrary<Plane> =>
  fc
    .array(fc.integer({ min: 0, max: 100 }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values) => ({ width, height, data: Float32Array.from(values, (value) => value / 100) }));

/** The whole filter, in one band. */
function filtered(picture: Picture, input: Plane, radius: number, epsilon: number): Float32Array {
  const coefficients = guidedCoefficients(guide(picture, input, { radius, epsilon }), input);
  return applyGuided([coefficients], input, picture, 0, picture.height);
}

test("an input of one value stays it", () => {
  fc.assert(
    fc.property(anyPicture(9, 7), fc.constantFrom(-1, 0, 0.25, 1), (picture, value) => {
      const input = { width: 4, height: 3, data: new Float32Array(12).fill(value) };
      for (const output of filtered(picture, input, 1, 1e-3)) expect(output).toBeCloseTo(value, 4);
    }),
  );
});

test("an input that is a linear function of the colour is that function at full resolution", () => {
  fc.assert(
    fc.property(anyPicture(8, 6), (picture) => {
      const of = (at: number) =>
        (0.2 * picture.data[3 * at] - 0.5 * picture.data[3 * at + 1] + picture.data[3 * at + 2]) /
          255 +
        0.1;
      const input = {
        width: 8,
        height: 6,
        data: Float32Array.from({ length: 48 }, (_, i) => of(i)),
      };
      filtered(picture, input, 2, 1e-9).forEach((output, i) => {
        expect(output).toBeCloseTo(of(i), 2);
      });
    }),
  );
});

test("in one window, it is ridge regression on the colours", () => {
  // A radius that reaches everything makes all windows the same one; solved by normal equations.
  fc.assert(
    fc.property(anyPicture(4, 3), anyPlane({ width: 4, height: 3 }), (picture, input) => {
      const outputs = filtered(picture, input, 5, 0.01);
      const expected = ridge(picture, input, 0.01);
      outputs.forEach((output, i) => {
        expect(output).toBeCloseTo(expected[i], 4);
      });
    }),
  );
});

/** min over a, b of mean((a·I + b − p)²) + ε‖a‖², by gradient descent from its definition. */
function ridge({ data }: Picture, input: Plane, epsilon: number): number[] {
  const pixels = Array.from(input.data, (p, i) => ({
    colour: [data[3 * i] / 255, data[3 * i + 1] / 255, data[3 * i + 2] / 255],
    p,
  }));
  const a = [0, 0, 0];
  let b = 0;
  const value = (colour: readonly number[]) =>
    colour.reduce((sum, channel, i) => sum + a[i] * channel, b);
  for (let step = 0; step < 20_000; step++) {
    const slope = a.map((weight) => epsilon * weight);
    let offset = 0;
    for (const { colour, p } of pixels) {
      const error = (value(colour) - p) / pixels.length;
      offset += error;
      colour.forEach((channel, i) => {
        slope[i] += error * channel;
      });
    }
    slope.forEach((gradient, i) => {
      a[i] -= 0.4 * gradient;
    });
    b -= 0.4 * offset;
  }
  return pixels.map(({ colour }) => value(colour));
}

test("bands of rows are the rows of the whole, and inputs do not touch each other", () => {
  const size = { width: 5, height: 4 };
  fc.assert(
    fc.property(anyPicture(13, 11), anyPlane(size), anyPlane(size), (picture, one, other) => {
      const here = guide(picture, size, { radius: 1 });
      const both = [guidedCoefficients(here, one), guidedCoefficients(here, other)];
      const whole = applyGuided([both[1]], size, picture, 0, 11);
      const band = applyGuided(both, size, picture, 3, 8);
      expect(band.slice(5 * 13)).toEqual(whole.slice(3 * 13, 8 * 13));
    }),
  );
});

test("a coarse input takes on the sharp edge of the picture", () => {
  const width = 64;
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) =>
    Math.floor(i / 3) % width < 27 ? 40 : 200,
  );
  // One coarse pixel is eight wide, so the edge at 27 lies inside of one.
  const input = {
    width: 8,
    height: 8,
    data: Float32Array.from({ length: 64 }, (_, i) =>
      Math.min(1, Math.max(0, (i % 8) - 3 + 5 / 8)),
    ),
  };
  const row = filtered({ width, height: 64, data }, input, 2, 1e-4).slice(32 * 64, 33 * 64);
  expect(row[25]).toBeLessThan(0.1);
  expect(row[28]).toBeGreaterThan(0.9);
});

test("what cannot be filtered is refused", () => {
  const picture = { width: 2, height: 2, data: new Uint8Array(12) };
  const size = { width: 2, height: 1 };
  expect(() => guide(picture, { width: 3, height: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: guide: expected at most the picture's size, 2×2, got 3×1.]`,
  );
  expect(() => guide(picture, size, { epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: guide: expected epsilon > 0, got 0. A window of one colour has no inverse without it.]`,
  );
  expect(() => guide(picture, size, { radius: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: guide: expected a whole radius from 0 pixels, got 1.5.]`,
  );
  const input = { width: 1, height: 1, data: Float32Array.of(1) };
  expect(() => guidedCoefficients(guide(picture, size), input)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: guidedCoefficients: expected an input of the guide's size, 2×1, got 1×1.]`,
  );
});
