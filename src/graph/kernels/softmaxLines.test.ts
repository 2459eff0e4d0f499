import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
  bools,
  close,
  computed,
  normalTensor,
  numbers,
  numbersOf,
  PRECISIONS,
  placesOf,
  tensorOf,
  together,
} from "../../../test/support/namedTensors.ts";
import type { Node } from "../node.ts";
import { constant } from "../operations/constant.ts";
import { exp } from "../operations/exp.ts";
import { less } from "../operations/less.ts";
import { logSumExp } from "../operations/logSumExp.ts";
import { multiply } from "../operations/multiply.ts";
import { softmax } from "../operations/softmax.ts";
import { subtract } from "../operations/subtract.ts";
import { sum } from "../operations/sum.ts";
import { where } from "../operations/where.ts";

test("shares of e^x by hand", () => {
  const x = numbers({ queries: 2, keys: 2 }, [0, Math.log(3), 5, 5]);
  expect(close(numbersOf(softmax(x, "keys")), [0.25, 0.75, 0.5, 0.5], 1e-15)).toBe(true);
  const overQueries = numbersOf(
    softmax(numbers({ queries: 2, keys: 1 }, [0, Math.log(3)]), "queries"),
  );
  expect(close(overQueries, [0.25, 0.75], 1e-15)).toBe(true);
  expect(close(numbersOf(logSumExp(x, "keys")), [Math.log(4), 5 + Math.log(2)], 1e-15)).toBe(true);
});

test.each(PRECISIONS)(
  "softmax and logSumExp in $precision follow their definition along any axis, with any mask",
  ({ precision, tolerance }) => {
    const law = fc.property(arbitraryTensors(2, ["keys"]), fc.boolean(), ([x, m], masked) => {
      const axes = masked ? together(x.axes, m.axes) : x.axes;
      const keys = placesOf(axes.filter(({ name }) => name === "keys"));
      const term = (place: Readonly<Record<string, number>>): number =>
        masked && at(m, place) >= 0 ? 0 : Math.exp(at(x, place));
      const total = (place: Readonly<Record<string, number>>): number =>
        keys.reduce((all, key) => all + term({ ...place, ...key }), 0);
      const share = tensorOf(axes, (place) => term(place) / (total(place) || 1));
      const rest = axes.filter(({ name }) => name !== "keys");
      const logTotal = tensorOf(rest, (place) => Math.log(total(place)));
      const allowed = masked ? less(constant(m), 0) : undefined;
      const softmaxed = computed(softmax(constant(x), "keys", allowed), precision);
      expect(softmaxed.axes).toEqual(axes);
      expect(close(softmaxed.data, share.data, tolerance)).toBe(true);
      const summed = computed(logSumExp(constant(x), "keys", allowed), precision);
      expect(summed.axes).toEqual(rest);
      expect(close(summed.data, logTotal.data, tolerance)).toBe(true);
    });
    fc.assert(law, { numRuns: 300 });
  },
);

/** Logits from the far corner: huge, tiny, of either sign, and no chance at all. */
const farLogit = fc.oneof(
  fc.double({ min: -1e30, max: 1e30, noNaN: true }),
  fc.constantFrom(-1e30, 1e30, 0, -88, 88, 700, -745, -Infinity),
);

const farRows = fc.array(fc.tuple(farLogit, fc.boolean()), { minLength: 1, maxLength: 8 });

/** The same row along the last axis and along the first. */
function bothWays(row: readonly number[]): Node[] {
  const size = row.length;
  return [numbers({ queries: 1, keys: size }, row), numbers({ keys: size, queries: 1 }, row)];
}

test.each(PRECISIONS)("rows in $precision sum to one in the far corner", ({ precision }) => {
  fc.assert(
    fc.property(farRows, (entries) => {
      const allowed = entries.map(([, may]) => may);
      const mask = bools({ keys: entries.length }, allowed);
      for (const x of bothWays(entries.map(([logit]) => logit))) {
        const shares = numbersOf(softmax(x, "keys", mask), precision);
        const possible = entries.some(([logit, may]) => may && logit > -Infinity);
        const total = shares.reduce((a, b) => a + b, 0);
        expect(Math.abs(total - (possible ? 1 : 0))).toBeLessThan(1e-6);
        shares.forEach((share, i) => {
          if (!allowed[i]) expect(share).toBe(0);
        });
      }
    }),
    { numRuns: 500 },
  );
});

test.each(PRECISIONS)(
  "logSumExp in $precision lies between the largest and log n above it",
  ({ precision }) => {
    fc.assert(
      fc.property(farRows, (entries) => {
        const mask = bools(
          { keys: entries.length },
          entries.map(([, may]) => may),
        );
        const possible = entries.filter(([, may]) => may).map(([logit]) => logit);
        const most = Math.max(...possible);
        for (const x of bothWays(entries.map(([logit]) => logit))) {
          const [result] = numbersOf(logSumExp(x, "keys", mask), precision);
          if (most === -Infinity) {
            expect(result).toBe(-Infinity);
            continue;
          }
          const slack = 1e-6 * Math.abs(most);
          expect(result).toBeGreaterThanOrEqual(most - slack - 1e-6);
          expect(result).toBeLessThanOrEqual(most + Math.log(entries.length) + slack + 1e-6);
        }
      }),
    );
  },
);

test("a masked entry may be as large as it likes", () => {
  const x = numbers({ keys: 3 }, [1e30, 1, 1]);
  const allowed = bools({ keys: 3 }, [false, true, true]);
  expect(numbersOf(softmax(x, "keys", allowed), "float32")).toEqual([0, 0.5, 0.5]);
  const [total] = numbersOf(logSumExp(x, "keys", allowed));
  expect(total).toBeCloseTo(1 + Math.log(2), 12);
});

test("forbidding an entry is giving it no chance", () => {
  const axes = [
    { name: "queries", size: 5 },
    { name: "keys", size: 300 },
  ];
  const x = constant(normalTensor(axes, 1));
  const allowed = less(constant(normalTensor(axes, 2)), 0.3);
  const impossible = where(allowed, x, -Infinity);
  for (const axis of ["queries", "keys"]) {
    expect(numbersOf(softmax(x, axis, allowed))).toEqual(numbersOf(softmax(impossible, axis)));
    expect(numbersOf(logSumExp(x, axis, allowed))).toEqual(numbersOf(logSumExp(impossible, axis)));
  }
});

test("softmax is e^(x − logSumExp)", () => {
  const axes = [
    { name: "queries", size: 7 },
    { name: "keys", size: 600 },
  ];
  const x = multiply(constant(normalTensor(axes, 3)), 20);
  for (const axis of ["queries", "keys"]) {
    const shares = numbersOf(softmax(x, axis));
    expect(close(numbersOf(exp(subtract(x, logSumExp(x, axis)))), shares, 1e-13)).toBe(true);
    for (const total of numbersOf(sum(softmax(x, axis), axis))) expect(total).toBeCloseTo(1, 13);
  }
});

test("NaN among the logits is not hidden, unless it is forbidden", () => {
  const x = numbers({ queries: 3, keys: 2 }, [Number.NaN, 1, -Infinity, Number.NaN, 0, 0]);
  const nan = Number.NaN;
  expect(numbersOf(softmax(x, "keys"))).toEqual([nan, nan, nan, nan, 0.5, 0.5]);
  expect(numbersOf(logSumExp(x, "keys"))).toEqual([nan, nan, Math.log(2)]);
  const allowed = bools({ keys: 2 }, [false, true]);
  expect(numbersOf(softmax(x, "keys", allowed))).toEqual([0, 1, nan, nan, 0, 1]);
});

test("an empty axis has no shares, and no total", () => {
  const x = numbers({ queries: 2, keys: 0 }, []);
  expect(numbersOf(softmax(x, "keys"))).toEqual([]);
  expect(numbersOf(logSumExp(x, "keys"))).toEqual([-Infinity, -Infinity]);
});

test("logits without the axis, and masks that are no bools, are refused", () => {
  const x = numbers({ queries: 2 }, [1, 2]);
  const allowed = bools({ queries: 2 }, [true, true]);
  expect(() => softmax(x, "keys")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: softmax: expected an axis "keys" in the input, got [queries 2]. rename() gives an axis another name.]`,
  );
  expect(() => softmax(x, "queries", x)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: softmax: expected \`allowed\` to be bool, got float. Compare with equal(), less() or lessOrEqual().]`,
  );
  expect(() => logSumExp(allowed, "queries")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: logSumExp: expected the logits to be float, got bool. Turn ints and bools into floats with toFloat().]`,
  );
});
