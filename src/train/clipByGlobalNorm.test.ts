import fc from "fast-check";
import { expect, test } from "vitest";
import { numbers, numbersOf } from "../../test/support/namedTensors.ts";
import { clipByGlobalNorm } from "./clipByGlobalNorm.ts";

const floats = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { maxLength: 5 });

function lengthOf(numbers: readonly number[]): number {
  return Math.hypot(...numbers);
}

test("clipping never raises the norm, and keeps it below the bound", () => {
  fc.assert(
    fc.property(floats, floats, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (a, b, most) => {
      const { gradients, norm } = clipByGlobalNorm(
        { a: numbers({ keys: a.length }, a), b: numbers({ queries: b.length }, b) },
        most,
      );
      const before = lengthOf([...a, ...b]);
      const after = lengthOf([...numbersOf(gradients["a"]), ...numbersOf(gradients["b"])]);
      expect(numbersOf(norm)[0]).toBeCloseTo(before, 8);
      expect(after).toBeLessThanOrEqual(before * (1 + 1e-12));
      expect(after).toBeLessThanOrEqual(most);
    }),
  );
});

test("short gradients are left as they are", () => {
  const { gradients } = clipByGlobalNorm({ a: numbers({ keys: 2 }, [3, 4]) }, 5.1);
  expect(numbersOf(gradients["a"])).toEqual([3, 4]);
});

test("one factor shortens all, so their direction stays", () => {
  const { gradients, norm } = clipByGlobalNorm(
    { a: numbers({ keys: 1 }, [30]), b: numbers({ queries: 1 }, [-40]) },
    5,
  );
  expect(numbersOf(norm)).toEqual([50]);
  expect(numbersOf(gradients["a"])[0]).toBeCloseTo(3, 6);
  expect(numbersOf(gradients["b"])[0]).toBeCloseTo(-4, 6);
});

test("a bound that is not above 0 is refused", () => {
  expect(() => clipByGlobalNorm({}, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: clipByGlobalNorm: expected maxNorm > 0, got 0.]`,
  );
});
