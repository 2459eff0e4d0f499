import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
  bools,
  close,
  computed,
  ints,
  normalTensor,
  numbers,
  numbersOf,
  PRECISIONS,
  placesOf,
  tensorOf,
} from "../../../test/support/namedTensors.ts";
import type { Node } from "../node.ts";
import { constant } from "./constant.ts";
import { largest } from "./largest.ts";
import { mean } from "./mean.ts";
import { sum } from "./sum.ts";

interface Case {
  readonly name: string;
  readonly make: (x: Node, ...over: readonly string[]) => Node;
  readonly define: (entries: readonly number[]) => number;
}

const total = (entries: readonly number[]): number => entries.reduce((a, b) => a + b, 0);

const CASES: readonly Case[] = [
  { name: "sum", make: sum, define: total },
  { name: "mean", make: mean, define: (entries) => total(entries) / entries.length },
  { name: "largest", make: largest, define: (entries) => Math.max(...entries) },
];

test.each(CASES.flatMap((one) => PRECISIONS.map((run) => ({ ...one, ...run }))))(
  "$name in $precision over any axes is that of all entries along them",
  ({ make, define, precision, tolerance }) => {
    const some = fc.subarray(["heads", "queries", "keys", "channels"]);
    fc.assert(
      fc.property(arbitraryTensors(1), some, ([x], names) => {
        const gone = x.axes.filter(({ name }) => names.includes(name));
        const kept = x.axes.filter(({ name }) => !names.includes(name));
        const expected = tensorOf(kept, (place) =>
          define(placesOf(gone).map((along) => at(x, { ...place, ...along }))),
        );
        const result = computed(make(constant(x), ...gone.map(({ name }) => name)), precision);
        expect(result.axes).toEqual(kept);
        expect(close(result.data, expected.data, tolerance)).toBe(true);
      }),
    );
  },
);

test("sums over rows, over columns and over both", () => {
  const x = numbers({ queries: 2, keys: 3 }, [1, 2, 3, 4, 5, 6]);
  expect(numbersOf(sum(x, "keys"))).toEqual([6, 15]);
  expect(numbersOf(sum(x, "queries"))).toEqual([5, 7, 9]);
  expect(numbersOf(sum(x, "keys", "queries"))).toEqual([21]);
  expect(numbersOf(mean(x, "queries"))).toEqual([2.5, 3.5, 4.5]);
  expect(numbersOf(largest(x, "keys"))).toEqual([3, 6]);
});

test("a long float32 sum does not lose what a float32 total would drop", () => {
  const count = 100_000;
  const ones = constant({
    axes: [
      { name: "keys", size: count },
      { name: "channels", size: 2 },
    ],
    dtype: "float32",
    data: new Float32Array(2 * count).fill(0.1),
  });
  const exact = count * Math.fround(0.1);
  for (const result of [sum(ones, "keys"), sum(ones, "keys", "channels")]) {
    const [first] = numbersOf(result, "float32");
    const times = result.axes.length === 0 ? 2 : 1;
    expect(first).toBe(Math.fround(times * exact));
  }
});

test("sums over a leading axis longer than what is kept at once", () => {
  const x = normalTensor(
    [
      { name: "queries", size: 3 },
      { name: "keys", size: 2500 },
    ],
    1,
  );
  const expected = tensorOf([{ name: "keys", size: 2500 }], (place) =>
    total([0, 1, 2].map((queries) => at(x, { ...place, queries }))),
  );
  expect(numbersOf(sum(constant(x), "queries"))).toEqual(Array.from(expected.data));
});

test("nothing adds up to 0, and has no largest", () => {
  const none = numbers({ clicks: 0, keys: 2 }, []);
  expect(numbersOf(sum(none, "clicks"))).toEqual([0, 0]);
  expect(numbersOf(largest(none, "clicks"))).toEqual([-Infinity, -Infinity]);
  expect(() => largest(ints({ clicks: 0 }, []), "clicks")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: largest: expected at least one int to choose from, got none: ints have no −∞.]`,
  );
});

test("NaN is not overlooked", () => {
  const x = numbers({ queries: 2, keys: 3 }, [1, Number.NaN, 3, 4, 5, 6]);
  expect(numbersOf(largest(x, "keys"))).toEqual([Number.NaN, 6]);
  expect(numbersOf(largest(x, "queries"))).toEqual([4, Number.NaN, 6]);
  expect(numbersOf(sum(x, "keys"))).toEqual([Number.NaN, 15]);
});

test("whole numbers add up to whole numbers", () => {
  expect(computed(sum(ints({ keys: 3 }, [1, 2, 3]), "keys")).dtype).toBe("int32");
});

test("an axis that is not there, or named twice, is refused", () => {
  const x = numbers({ queries: 1, keys: 2 }, [1, 2]);
  expect(() => sum(x, "channels")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: sum: expected an axis "channels" in the input, got [queries 1, keys 2]. rename() gives an axis another name.]`,
  );
  expect(() => sum(x, "keys", "keys")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: sum: expected every axis to be named once, got [keys, keys].]`,
  );
  expect(() => sum(bools({ keys: 1 }, [true]), "keys")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: sum: expected float or int, got bool. Turn ints and bools into floats with toFloat().]`,
  );
});
