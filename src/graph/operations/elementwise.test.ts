import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
  bools,
  close,
  computed,
  ints,
  numbers,
  numbersOf,
  PRECISIONS,
  tensorOf,
  together,
} from "../../../test/support/namedTensors.ts";
import type { HostTensor } from "../../tensor/hostTensor.ts";
import type { Node, Value } from "../node.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { and } from "./and.ts";
import { constant } from "./constant.ts";
import { divide } from "./divide.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { less } from "./less.ts";
import { lessOrEqual } from "./lessOrEqual.ts";
import { log } from "./log.ts";
import { maximum } from "./maximum.ts";
import { minimum } from "./minimum.ts";
import { multiply } from "./multiply.ts";
import { negate } from "./negate.ts";
import { not } from "./not.ts";
import { or } from "./or.ts";
import { power } from "./power.ts";
import { sigmoid } from "./sigmoid.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { stopGradient } from "./stopGradient.ts";
import { subtract } from "./subtract.ts";
import { tanh } from "./tanh.ts";
import { toFloat } from "./toFloat.ts";
import { where } from "./where.ts";

interface BinaryCase {
  readonly name: string;
  readonly make: (a: Value, b: Value) => Node;
  readonly define: (a: number, b: number) => number;
}

const BINARY: readonly BinaryCase[] = [
  { name: "add", make: add, define: (a, b) => a + b },
  { name: "subtract", make: subtract, define: (a, b) => a - b },
  { name: "multiply", make: multiply, define: (a, b) => a * b },
  { name: "divide", make: divide, define: (a, b) => a / b },
  { name: "power", make: (a, b) => power(exp(a), b), define: (a, b) => Math.exp(a * b) },
  { name: "maximum", make: maximum, define: (a, b) => Math.max(a, b) },
  { name: "minimum", make: minimum, define: (a, b) => Math.min(a, b) },
  { name: "equal", make: equal, define: (a, b) => Number(a === b) },
  { name: "less", make: less, define: (a, b) => Number(a < b) },
  { name: "lessOrEqual", make: lessOrEqual, define: (a, b) => Number(a <= b) },
];

const UNARY: readonly (readonly [string, (x: Node) => Node, (x: number) => number])[] = [
  ["negate", negate, (x) => -x],
  ["exp", exp, Math.exp],
  ["log", (x) => log(abs(x)), (x) => Math.log(Math.abs(x))],
  ["sqrt", (x) => sqrt(abs(x)), (x) => Math.sqrt(Math.abs(x))],
  ["abs", abs, Math.abs],
  ["tanh", tanh, Math.tanh],
  ["square", square, (x) => x * x],
  ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x))],
];

const BINARY_RUNS = BINARY.flatMap((one) => PRECISIONS.map((run) => ({ ...one, ...run })));

test.each(BINARY_RUNS)(
  "$name in $precision goes entry by entry, aligned by name and repeated along missing axes",
  ({ make, define, precision, tolerance }) => {
    fc.assert(
      fc.property(arbitraryTensors(2), ([a, b]) => {
        const axes = together(a.axes, b.axes);
        const expected = tensorOf(axes, (place) => define(at(a, place), at(b, place)));
        const result = computed(make(constant(a), constant(b)), precision);
        expect(result.axes).toEqual(axes);
        // A power multiplies the rounding of its logarithm by the exponent: some 4 digits of slack.
        expect(close(result.data, expected.data, 20 * tolerance)).toBe(true);
      }),
    );
  },
);

test.each(BINARY)("$name takes a number on either side", ({ make, define }) => {
  const x = [-1.5, 0, 2];
  const right = numbersOf(make(numbers({ keys: 3 }, x), 2));
  expect(
    close(
      right,
      x.map((a) => define(a, 2)),
      1e-15,
    ),
  ).toBe(true);
  const left = numbersOf(make(2, numbers({ keys: 3 }, x)));
  expect(
    close(
      left,
      x.map((b) => define(2, b)),
      1e-15,
    ),
  ).toBe(true);
});

test.each(
  UNARY.flatMap(([name, make, define]) =>
    PRECISIONS.map((run) => ({ name, make, define, ...run })),
  ),
)("$name in $precision goes entry by entry", ({ make, define, precision, tolerance }) => {
  fc.assert(
    fc.property(arbitraryTensors(1), ([x]: HostTensor[]) => {
      const result = computed(make(constant(x)), precision);
      expect(result.axes).toEqual(x.axes);
      expect(close(result.data, Array.from(x.data, define), tolerance)).toBe(true);
    }),
  );
});

test("a row added to a column is a table", () => {
  const column = numbers({ queries: 2 }, [10, 20]);
  const row = numbers({ keys: 3 }, [1, 2, 3]);
  const table = computed(add(column, row));
  expect(table.axes.map(({ name }) => name)).toEqual(["queries", "keys"]);
  expect(Array.from(table.data)).toEqual([11, 12, 13, 21, 22, 23]);
});

test("the same axes in another order are the same axes", () => {
  const a = numbers({ queries: 2, keys: 2 }, [1, 2, 3, 4]);
  const turned = numbers({ keys: 2, queries: 2 }, [1, 3, 2, 4]);
  expect(numbersOf(subtract(a, turned))).toEqual([0, 0, 0, 0]);
});

test("whole numbers stay whole, and a number beside them is whole too", () => {
  const x = computed(add(ints({ keys: 3 }, [1, 2, 3]), 1), "float32");
  expect(x.dtype).toBe("int32");
  expect(Array.from(x.data)).toEqual([2, 3, 4]);
  expect(numbersOf(equal(ints({ keys: 3 }, [1, 2, 3]), 2))).toEqual([0, 1, 0]);
});

test("and, or and not follow their truth tables", () => {
  const a = bools({ cases: 4 }, [false, false, true, true]);
  const b = bools({ cases: 4 }, [false, true, false, true]);
  expect(numbersOf(and(a, b))).toEqual([0, 0, 0, 1]);
  expect(numbersOf(or(a, b))).toEqual([0, 1, 1, 1]);
  expect(numbersOf(not(a))).toEqual([1, 1, 0, 0]);
  expect(computed(not(a)).dtype).toBe("bool");
});

test("NaN equals nothing, is less than nothing, and is the largest and smallest of anything", () => {
  const nan = numbers({ cases: 2 }, [Number.NaN, 1]);
  const one = numbers({ cases: 2 }, [1, Number.NaN]);
  expect(numbersOf(equal(nan, nan))).toEqual([0, 1]);
  expect(numbersOf(less(nan, one))).toEqual([0, 0]);
  expect(numbersOf(lessOrEqual(nan, one))).toEqual([0, 0]);
  expect(numbersOf(maximum(nan, one))).toEqual([Number.NaN, Number.NaN]);
  expect(numbersOf(minimum(nan, one))).toEqual([Number.NaN, Number.NaN]);
});

test("where picks entry by entry and lets nothing through from the other side", () => {
  const inside = bools({ keys: 3 }, [true, false, true]);
  const x = numbers({ queries: 2 }, [1, 2]);
  const table = computed(where(inside, x, Number.NaN));
  expect(table.axes.map(({ name }) => name)).toEqual(["keys", "queries"]);
  expect(Array.from(table.data)).toEqual([1, 2, Number.NaN, Number.NaN, 1, 2]);
  expect(numbersOf(where(inside, ints({}, [4]), 5))).toEqual([4, 5, 4]);
});

test.each(PRECISIONS)(
  "where in $precision is aligned by name on all three sides",
  ({ precision }) => {
    fc.assert(
      fc.property(arbitraryTensors(3), ([c, a, b]) => {
        const axes = together(together(c.axes, a.axes), b.axes);
        const expected = tensorOf(axes, (place) => at(at(c, place) < 0 ? a : b, place));
        const result = computed(where(less(constant(c), 0), constant(a), constant(b)), precision);
        expect(result.axes).toEqual(axes);
        expect(Array.from(result.data)).toEqual(Array.from(expected.data));
      }),
    );
  },
);

test("toFloat keeps the numbers and changes what holds them", () => {
  expect(computed(toFloat(ints({ keys: 2 }, [-3, 7])), "float32").data).toEqual(
    Float32Array.of(-3, 7),
  );
  expect(numbersOf(toFloat(bools({ keys: 2 }, [true, false])))).toEqual([1, 0]);
});

test("sigmoid keeps its digits far out on both sides", () => {
  const [low, half, high] = numbersOf(sigmoid(numbers({ cases: 3 }, [-700, 0, 700])));
  expect(low / Math.exp(-700)).toBeCloseTo(1, 12);
  expect(half).toBe(0.5);
  expect(high).toBe(1);
});

test("stopGradient leaves the numbers alone", () => {
  expect(numbersOf(stopGradient(numbers({ keys: 2 }, [1, 2])))).toEqual([1, 2]);
});

test("tensors that disagree on an axis are refused", () => {
  const two = numbers({ queries: 1, keys: 2 }, [1, 2]);
  const three = numbers({ keys: 3 }, [1, 2, 3]);
  expect(() => add(two, three)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: add: axis "keys" is 2 in a but 3 in b. If these are different axes, rename one of them first.]`,
  );
  expect(() => where(less(two, 0), 1, three)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: where: axis "keys" is 2 in condition but 3 in b. If these are different axes, rename one of them first.]`,
  );
});

test("an operation on the wrong kind is refused", () => {
  const whole = ints({ keys: 2 }, [1, 2]);
  const yes = bools({ keys: 2 }, [true, true]);
  expect(() => exp(whole)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: exp: expected float, got int. Turn ints and bools into floats with toFloat().]`,
  );
  expect(() => add(whole, numbers({ keys: 2 }, [1, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: add: expected float or int, all of one kind, got int and float. Turn ints and bools into floats with toFloat().]`,
  );
  expect(() => add(yes, yes)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: add: expected float or int, all of one kind, got bool and bool. Turn ints and bools into floats with toFloat().]`,
  );
  expect(() => and(yes, whole)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: and: expected bool, all of one kind, got bool and int. Compare with equal(), less() or lessOrEqual().]`,
  );
  expect(() => where(whole, 1, 2)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: where: expected the condition to be bool, got int. Compare with equal(), less() or lessOrEqual().]`,
  );
  expect(() => add(whole, 0.5)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected whole numbers that fit 32 bits for an int32, got 0.5 at entry 0.]`,
  );
});
