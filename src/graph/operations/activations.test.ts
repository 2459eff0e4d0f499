import fc from "fast-check";
import { expect, test } from "vitest";
import { gradientError, secondGradientError } from "../../../test/support/finiteDifferences.ts";
import { normalTensor, numbers, numbersOf } from "../../../test/support/namedTensors.ts";
import { axesOf } from "../../tensor/hostTensor.ts";
import { gradient } from "../gradient.ts";
import { errorFunction } from "../kernels/errorFunction.ts";
import type { Node } from "../node.ts";
import { clamp } from "./clamp.ts";
import { erf } from "./erf.ts";
import { exp } from "./exp.ts";
import { gelu } from "./gelu.ts";
import { logSoftmax } from "./logSoftmax.ts";
import { multiply } from "./multiply.ts";
import { relu } from "./relu.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { sum } from "./sum.ts";

const line = (...data: readonly number[]): Node => numbers({ tokens: data.length }, data);

// Abramowitz & Stegun 1964, table 7.1, and its limit.
test.each([
  [0, 0],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [Infinity, 1],
])("erf %f is %f", (x, expected) => {
  expect(Math.abs(errorFunction(x) - expected)).toBeLessThanOrEqual(Number.EPSILON);
});

test("erf is odd, rises and stays within −1 and 1; a NaN stays", () => {
  fc.assert(
    fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.nat({ max: 5 }), (x, more) => {
      expect(errorFunction(-x)).toBe(-errorFunction(x));
      expect(Math.abs(errorFunction(x))).toBeLessThanOrEqual(1);
      expect(errorFunction(x + more + 0.1)).toBeGreaterThanOrEqual(errorFunction(x));
    }),
  );
  expect(errorFunction(Number.NaN)).toBeNaN();
});

test("erf goes on where the series hands over to the fraction", () => {
  // The slope there is 2/√π · e⁻⁹: neighbours 2e-9 apart differ by that much and no more.
  const [below, above] = [errorFunction(3 - 1e-9), errorFunction(3 + 1e-9)];
  expect(Math.abs(above - below - (4e-9 / Math.sqrt(Math.PI)) * Math.exp(-9))).toBeLessThan(3e-16);
});

test("relu keeps what is positive, a clamp what is between its bounds", () => {
  expect(numbersOf(relu(line(-2, 0, 3)))).toEqual([0, 0, 3]);
  expect(numbersOf(clamp(line(-2, 1, 9, Number.NaN), 0, 6))).toEqual([0, 1, 6, Number.NaN]);
  const x = line(-1, 0, 3, 6, 7);
  expect(numbersOf(gradient(sum(clamp(x, 0, 6), "tokens"), { x }).x)).toEqual([0, 0, 1, 0, 0]);
  expect(() => clamp(x, 1, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: clamp: expected from ≤ to, got from 1 to 0.]`,
  );
});

test("softplus is log 2 at 0, x far right and 0 far left, and its slope the sigmoid", () => {
  const x = line(0, 800, -800);
  expect(numbersOf(softplus(x))).toEqual([Math.LN2, 800, 0]);
  expect(numbersOf(gradient(sum(softplus(x), "tokens"), { x }).x)).toEqual([0.5, 1, 0]);
});

test("gelu weighs x by the share of the normal distribution below it", () => {
  // Φ(1) = 0.8413447460685429
  const [one, less, far] = numbersOf(gelu(line(1, -1, -40)));
  expect(one).toBeCloseTo(0.8413447460685429, 15);
  expect(less).toBeCloseTo(0.8413447460685429 - 1, 15);
  expect(far).toBe(-0);
});

test("log softmax is the logarithm of softmax, where that still has one", () => {
  const x = numbers({ rows: 2, columns: 3 }, [1, 2, 3, 1000, 0, -1000]);
  expect(numbersOf(exp(logSoftmax(x, "columns")))).toEqual(
    numbersOf(softmax(x, "columns")).map((value) => expect.closeTo(value, 15)),
  );
  expect(numbersOf(logSoftmax(x, "columns")).slice(3)).toEqual([0, -1000, -2000]);
});

test.each(
  Object.entries({ relu, gelu, erf, softplus, "log softmax": (x: Node) => logSoftmax(x, "keys") }),
)("the gradient of %s, and its gradient, are what differences say", (_, make) => {
  const inputs = { x: normalTensor(axesOf("x", { queries: 3, keys: 4 }), 1) };
  const build = ({ x }: Record<string, Node>): Node => multiply(make(x), make(x));
  expect(gradientError(build, inputs)).toBeLessThan(1e-7);
  expect(secondGradientError(build, inputs)).toBeLessThan(1e-7);
});
