import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
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
import type { HostTensor } from "../../tensor/hostTensor.ts";
import { constant } from "./constant.ts";
import { contract } from "./contract.ts";

/** The definition: batch axes, axes of a, axes of b; Σ over the rest, one product at a time. */
function slowContract(a: HostTensor, b: HostTensor, over: readonly string[]): HostTensor {
  const inB = (name: string): boolean => b.axes.some((axis) => axis.name === name);
  const inA = (name: string): boolean => a.axes.some((axis) => axis.name === name);
  const axes = [
    ...a.axes.filter(({ name }) => inB(name) && !over.includes(name)),
    ...a.axes.filter(({ name }) => !inB(name)),
    ...b.axes.filter(({ name }) => !inA(name)),
  ];
  const summed = placesOf(a.axes.filter(({ name }) => over.includes(name)));
  return tensorOf(axes, (place) => {
    let total = 0;
    for (const along of summed) {
      const everywhere = { ...place, ...along };
      total += at(a, everywhere) * at(b, everywhere);
    }
    return total;
  });
}

test("a matrix product by hand", () => {
  const a = numbers({ rows: 2, terms: 2 }, [1, 2, 3, 4]);
  const b = numbers({ terms: 2, columns: 3 }, [1, 0, 2, 0, 1, 3]);
  const product = computed(contract(a, b, "terms"));
  expect(product.axes).toEqual([
    { name: "rows", size: 2 },
    { name: "columns", size: 3 },
  ]);
  expect(Array.from(product.data)).toEqual([1, 2, 8, 3, 4, 18]);
});

test("inner and outer products", () => {
  const a = numbers({ terms: 3 }, [1, 2, 3]);
  const b = numbers({ terms: 3 }, [4, 5, 6]);
  expect(numbersOf(contract(a, b, "terms"))).toEqual([32]);
  expect(numbersOf(contract(a, numbers({ columns: 2 }, [1, 10])))).toEqual([1, 10, 2, 20, 3, 30]);
});

test("nothing to sum over gives zeros", () => {
  const a = numbers({ rows: 2, terms: 0 }, []);
  expect(numbersOf(contract(a, numbers({ terms: 0, columns: 1 }, []), "terms"))).toEqual([0, 0]);
});

test.each(PRECISIONS)(
  "contract in $precision is the sum of all products, whatever the order of axes",
  ({ precision, tolerance }) => {
    const law = fc.property(arbitraryTensors(2, ["keys"]), fc.boolean(), ([a, b], two) => {
      const shared = a.axes.filter(({ name }) => b.axes.some((axis) => axis.name === name));
      const over = ["keys", ...(two && shared.some(isChannels) ? ["channels"] : [])];
      const expected = slowContract(a, b, over);
      const result = computed(contract(constant(a), constant(b), ...over), precision);
      expect(result.axes).toEqual(expected.axes);
      expect(close(result.data, expected.data, tolerance)).toBe(true);
    });
    fc.assert(law, { numRuns: 300 });
  },
);

function isChannels({ name }: { name: string }): boolean {
  return name === "channels";
}

const LONG = [
  { rows: 1, terms: 1000, columns: 1 },
  { rows: 33, terms: 70, columns: 1 },
  { rows: 1, terms: 70, columns: 33 },
  { rows: 19, terms: 300, columns: 21 },
  { rows: 40, terms: 2, columns: 41 },
];

test.each(LONG.flatMap((sizes) => PRECISIONS.map((run) => ({ ...sizes, ...run }))))(
  "[$rows, $terms] · [$terms, $columns] in $precision, both operands either way round",
  ({ rows, terms, columns, precision, tolerance }) => {
    const row = { name: "rows", size: rows };
    const term = { name: "terms", size: terms };
    const column = { name: "columns", size: columns };
    for (const aAxes of [
      [row, term],
      [term, row],
    ]) {
      for (const bAxes of [
        [term, column],
        [column, term],
      ]) {
        const a = normalTensor(aAxes, 1);
        const b = normalTensor(bAxes, 2);
        const expected = slowContract(a, b, ["terms"]);
        const result = computed(contract(constant(a), constant(b), "terms"), precision);
        expect(result.axes).toEqual([row, column]);
        // The order of adding differs: √terms roundings of a double, nothing in float32.
        expect(close(result.data, expected.data, tolerance)).toBe(true);
      }
    }
  },
);

test("infinite and missing numbers stay in their own rows and columns", () => {
  const a = numbers({ rows: 3, terms: 1 }, [Number.NaN, 2, Infinity]);
  const b = numbers({ terms: 1, columns: 2 }, [1, 0]);
  expect(numbersOf(contract(a, b, "terms"))).toEqual([
    Number.NaN,
    Number.NaN,
    2,
    0,
    Infinity,
    Number.NaN,
  ]);
});

test("operands that do not fit are refused", () => {
  const a = numbers({ rows: 1, terms: 2 }, [1, 2]);
  expect(() =>
    contract(a, numbers({ terms: 3 }, [1, 2, 3]), "terms"),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: contract: axis "terms" is 2 in a but 3 in b. If these are different axes, rename one of them first.]`,
  );
  expect(() =>
    contract(a, numbers({ keys: 2 }, [1, 2]), "terms"),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: contract: axis "terms" is not in b. Axes to contract are in both operands; sum() adds up an axis of one.]`,
  );
  expect(() => contract(a, a, "terms", "terms")).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: contract: expected every axis to be named once, got [terms, terms].]`,
  );
  expect(() => contract(a, ints({ terms: 2 }, [1, 2]), "terms")).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: contract: expected float, all of one kind, got float and int. Turn ints and bools into floats with toFloat().]`,
  );
});
