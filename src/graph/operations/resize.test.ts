import fc from "fast-check";
import { expect, test } from "vitest";
import { gradientError, secondGradientError } from "../../../test/support/finiteDifferences.ts";
import {
  close,
  computed,
  normalTensor,
  numbers,
  numbersOf,
} from "../../../test/support/namedTensors.ts";
import { axesOf, tensor } from "../../tensor/hostTensor.ts";
import type { Node } from "../node.ts";
import { constant } from "./constant.ts";
import { resample } from "./resample.ts";
import { type ResizeOptions, resize } from "./resize.ts";
import { square } from "./square.ts";

const row = (data: readonly number[]): Node => numbers({ height: 1, width: data.length }, data);
const toWidth = (data: readonly number[], width: number, options?: ResizeOptions): number[] =>
  numbersOf(resize(row(data), { height: 1, width }, options));

const WAYS: readonly ResizeOptions[] = [
  { mode: "nearest" },
  { mode: "bilinear" },
  { mode: "bilinear", align: "centres" },
  { mode: "bilinear", antialias: true },
];

test("resizing by hand", () => {
  expect(toWidth([0, 4], 4)).toEqual([0, 1, 3, 4]);
  expect(toWidth([0, 4], 5, { align: "centres" })).toEqual([0, 1, 2, 3, 4]);
  expect(toWidth([1, 2], 4, { mode: "nearest" })).toEqual([1, 1, 2, 2]);
  expect(toWidth([1, 2, 3], 2, { mode: "nearest" })).toEqual([1, 2]);
});

test("halving with antialias weighs four pixels 1 : 3 : 3 : 1", () => {
  expect(toWidth([0, 0, 0, 8, 0, 0, 0, 0], 4, { antialias: true })).toEqual(
    [0, 3, 1, 0].map(Number),
  );
});

test("aligned centres keep the corner pixels", () => {
  const x = constant(normalTensor(axesOf("x", { height: 3, width: 5 }), 2));
  const resized = numbersOf(resize(x, { height: 7, width: 11 }, { align: "centres" }));
  const own = numbersOf(x);
  expect([resized[0], resized[10], resized[66], resized[76]]).toEqual([
    own[0],
    own[4],
    own[10],
    own[14],
  ]);
});

const arbitrarySizes = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 9 })));

test("a constant image stays constant: the weights of every pixel sum to one", () => {
  fc.assert(
    fc.property(arbitrarySizes, fc.constantFrom(...WAYS), ([h, w, height, width], options) => {
      const flat = numbers({ height: h, channels: 2, width: w }, new Array(h * w * 2).fill(3));
      const resized = resize(flat, { height, width }, options);
      expect(resized.axes).toEqual(axesOf("resized", { height, channels: 2, width }));
      expect(numbersOf(resized).every((value) => Math.abs(value - 3) < 1e-12)).toBe(true);
    }),
  );
});

test("resizing to its own size changes nothing", () => {
  const x = constant(normalTensor(axesOf("x", { height: 3, width: 5 }), 2));
  for (const options of WAYS) expect(resize(x, { height: 3, width: 5 }, options)).toBe(x);
});

test("the adjoint of resampling is resampling with the weights turned", () => {
  const weights = normalTensor(axesOf("weights", { to: 2, from: 3 }), 1);
  const turned = tensor(
    { to: 3, from: 2 },
    [0, 3, 1, 4, 2, 5].map((at) => weights.data[at]),
  );
  const x = constant(normalTensor(axesOf("x", { rows: 2, columns: 2 }), 2));
  expect(computed(resample(x, "rows", weights, { adjoint: true }))).toEqual(
    computed(resample(x, "rows", turned)),
  );
});

test.each(WAYS)(
  "gradients of resizing ($mode $align $antialias) are what differences say",
  (options) => {
    const inputs = { x: normalTensor(axesOf("x", { channels: 2, height: 4, width: 5 }), 7) };
    const build = ({ x }: Record<string, Node>): Node =>
      square(resize(x, { height: 7, width: 3 }, options));
    expect(gradientError(build, inputs)).toBeLessThan(1e-7);
    expect(secondGradientError(build, inputs)).toBeLessThan(1e-7);
  },
);

test("single precision is double precision, rounded", () => {
  const x = constant(normalTensor(axesOf("x", { channels: 2, height: 6, width: 5 }), 7));
  for (const options of WAYS) {
    const resized = resize(x, { height: 4, width: 9 }, options);
    expect(close(numbersOf(resized, "float32"), numbersOf(resized), 5e-7)).toBe(true);
  }
});

test("what cannot be is refused", () => {
  const x = row([1, 2]);
  expect(() => resize(x, { height: 0, width: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: resize: expected a whole size of at least 1 along "height", got 0.]`,
  );
  expect(() =>
    resize(x, { height: 1, width: 1 }, { align: "centres", antialias: true }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: resize: expected antialias with bilinear and aligned borders, got bilinear and centres.]`,
  );
  const weights = tensor({ to: 1, from: 3 }, [1, 1, 1]);
  expect(() => resample(x, "width", weights)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: resample: expected weights [to, from] for 3 entries along axis "width", got [to 1, from 3] and [height 1, width 2].]`,
  );
});
