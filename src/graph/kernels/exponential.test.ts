import fc from "fast-check";
import { expect, test } from "vitest";
import { exponential } from "./exponential.ts";

/** 2⁻⁵²: the distance of neighbouring doubles, relative to the smaller. */
const ULP = Number.EPSILON;

test("agrees with Math.exp to a unit or two in the last place, everywhere", () => {
  const anywhere = fc.oneof(
    fc.double({ min: -744, max: 709, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1e-300, max: 1e-300, noNaN: true }),
  );
  const law = fc.property(anywhere, (x) => {
    const expected = Math.exp(x);
    expect(Math.abs(exponential(x) - expected)).toBeLessThanOrEqual(2 * ULP * expected);
  });
  fc.assert(law, { numRuns: 20_000 });
});

test("ends are where Math.exp has them", () => {
  for (const x of [-Infinity, -1e30, -746, -745, -700, 700, 709.7, 710, 1e30, Infinity]) {
    expect(exponential(x)).toBe(Math.exp(x));
  }
  expect(exponential(Number.NaN)).toBeNaN();
  expect(exponential(0)).toBe(1);
  expect(exponential(-0)).toBe(1);
});

test("never falls where x grows, across the borders of its tables", () => {
  let last = 0;
  for (let i = -700 * 64; i <= 700 * 64; i++) {
    for (const side of [-1e-12, 0, 1e-12]) {
      const value = exponential((i / 64) * Math.LN2 + side);
      expect(value).toBeGreaterThanOrEqual(last);
      last = value;
    }
  }
});
