import fc from "fast-check";
import { expect, test } from "vitest";
import {
  allNumbersOf,
  type Drawn,
  draw,
  farthest,
  numbersOf,
  recipes,
  tensorOf,
  worstFall,
  written,
} from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { expand } from "../graph/operations/expand.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { expectedValue } from "./expectedValue.ts";
import { inferValues } from "./inferValues.ts";
import { logConditional } from "./logDensities.ts";
import { responsibilities } from "./responsibilities.ts";

test("no step lowers log p(v | q), from any start, for any precision and prior", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, given) => {
      const { mixture, query, value } = draw(recipe);
      const start = given ? value : undefined;
      const { objective } = inferValues(mixture, query, { steps: 12, start });
      expect(worstFall(objective)).toBeLessThan(1e-12);
    }),
  );
});

test("nor with positions as printed", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, position } = draw(recipe);
      const withPosition = {
        ...mixture,
        queryPosition: position("channels"),
        keyPosition: position("channels"),
      };
      const { objective } = inferValues(withPosition, query, { steps: 6 });
      expect(worstFall(objective)).toBeLessThan(1e-12);
    }),
  );
});

test("averaging without precisions, as the released layer does, can lower it", () => {
  const falls = fc.sample(recipes, { seed: 3, numRuns: 200 }).filter((recipe) => {
    const { mixture, query, value } = draw({ ...recipe, precision: "unit", prior: "uniform" });
    const { objective } = inferValues(mixture, query, { steps: 8, start: value, average: "plain" });
    return worstFall(objective) > 1e-3;
  });
  expect(falls.length).toBeGreaterThan(20);
});

test("the limit is stationary: after 3000 steps the gradient is zero", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw(recipe);
      let value = expectedValue(mixture, query);
      for (let hundred = 0; hundred < 30; hundred++) {
        value = constant(tensorOf(inferValues(mixture, query, { steps: 100, start: value }).value));
      }
      for (const slope of numbersOf(gradientOfConditional({ mixture, query, value }))) {
        expect(Math.abs(slope)).toBeLessThan(1e-6);
      }
    }),
    { numRuns: 2 },
  );
});

/** ∇_v log p(v | q) = Σ_j w β (μ − v). */
function gradientOfConditional({
  mixture,
  query,
  value,
}: Pick<Drawn, "mixture" | "query" | "value">) {
  const weights = responsibilities(mixture, query, value);
  const pulls = multiply(mixture.valuePrecision, subtract(mixture.value, value));
  return sum(multiply(weights, pulls), "keys");
}

/** Statements about most mixtures, not all: checked on the same ones every time. */
const SAME_MIXTURES = { seed: 7, numRuns: 15 };

test("with one value channel, every run ends on a local maximum, the best of nine on the global one", () => {
  const sizes = { batch: 1, queries: 4, keys: 4, channels: 2, valueChannels: 1 };
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw({ ...recipe, sizes });
      const { value } = inferValues(mixture, query, { steps: 400, start: perToken(9, -4, 4) });
      const [ends, left, right, everywhere] = allNumbersOf(
        [value, subtract(value, 1e-3), add(value, 1e-3), perToken(8001, -8, 8)].map((at) =>
          reorder(logConditional(mixture, query, at), ["points", "batch", "queries"]),
        ),
      );
      for (const [index, end] of ends.entries()) {
        expect(end).toBeGreaterThan(Math.max(left[index], right[index]) - 1e-12);
      }
      for (let token = 0; token < 4; token++) {
        const ofToken = (_: number, index: number): boolean => index % 4 === token;
        const best = Math.max(...ends.filter(ofToken));
        expect(best).toBeGreaterThan(Math.max(...everywhere.filter(ofToken)) - 1e-9);
      }
    }),
    SAME_MIXTURES,
  );
});

/** So many points from one number to another, the same for each of four tokens. */
function perToken(points: number, from: number, to: number): Node {
  const at = Float64Array.from(
    { length: points },
    (_, index) => from + ((to - from) * index) / (points - 1),
  );
  return expand(constant(tensor({ points }, at)), { queries: 4, valueChannels: 1 });
}

test("as β → 0 the most probable value tends to the expected one, in proportion to β", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw({ ...recipe, prior: "uniform" });
      const order = ["batch", "queries", "valueChannels"];
      const expected = numbersOf(reorder(expectedValue(mixture, query), order));
      const gap = (beta: number): number => {
        const { value } = inferValues({ ...mixture, valuePrecision: beta }, query, { steps: 60 });
        return farthest(numbersOf(reorder(value, order)), expected);
      };
      expect(gap(1e-3)).toBeLessThan(0.02);
      expect(gap(1e-4) / gap(1e-3)).toBeCloseTo(0.1, 2);
      expect(gap(0)).toBe(0);
    }),
    SAME_MIXTURES,
  );
});

test("an answer between two sharp values is left for one of them", () => {
  const mixture = {
    key: written(["keys", "channels"], [[-1], [1]]),
    value: written(["keys", "valueChannels"], [[0], [1]]),
    keyPrecision: 1,
    valuePrecision: 100,
  };
  const query = written(["queries", "channels"], [[0.1]]);
  expect(numbersOf(expectedValue(mixture, query))[0]).toBeCloseTo(0.55, 2);
  expect(numbersOf(inferValues(mixture, query, { steps: 20 }).value)[0]).toBeCloseTo(1, 3);
});

test("a token with nothing allowed has value zero, however precise the units are", () => {
  const allowed = constant(tensor({ queries: 1 }, new Uint8Array([0])));
  const mixture = {
    key: written(["keys", "channels"], [[-1], [1]]),
    value: written(["keys", "valueChannels"], [[3], [4]]),
    keyPrecision: 1,
    valuePrecision: written(["keys"], [1, 2]),
    allowed,
  };
  const query = written(["queries", "channels"], [[0]]);
  expect(numbersOf(inferValues(mixture, query, { steps: 3 }).value)).toEqual([0]);
});

test("float32 follows float64", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw(recipe);
      const { value } = inferValues(mixture, query, { steps: 3 });
      expect(farthest(numbersOf(value, "float32"), numbersOf(value))).toBeLessThan(1e-4);
    }),
    SAME_MIXTURES,
  );
});

test("steps are a whole number", () => {
  const { mixture, query } = draw({
    seed: 1,
    precision: "unit",
    prior: "uniform",
    sizes: { batch: 1, queries: 1, keys: 1, channels: 1, valueChannels: 1 },
  });
  expect(() => inferValues(mixture, query, { steps: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: inferValues: expected steps to be a whole number of at least 0, got 1.5.]`,
  );
});
