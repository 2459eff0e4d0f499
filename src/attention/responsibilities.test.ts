import fc from "fast-check";
import { expect, test } from "vitest";
import {
  draw,
  farthest,
  numbersOf,
  type Precision,
  recipes,
  tensorOf,
  written,
} from "../../test/support/drawnMixture.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { contract } from "../graph/operations/contract.ts";
import { gather } from "../graph/operations/gather.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { sum } from "../graph/operations/sum.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { expectedValue } from "./expectedValue.ts";
import { hasAxis } from "./hasAxis.ts";
import { rawLogPrior } from "./logPrior.ts";
import type { Mixture } from "./mixture.ts";
import { responsibilities } from "./responsibilities.ts";

const PRECISIONS: readonly Precision[] = ["float64", "float32"];
/** A sum of a handful of weights, each rounded. */
const ROUNDING = { float64: 1e-14, float32: 1e-6 };

const two = {
  key: written(["keys", "channels"], [[-1], [1]]),
  value: written(["keys", "valueChannels"], [[0], [1]]),
  keyPrecision: 1,
  valuePrecision: 1,
};

test("a query halfway between two equal keys belongs half to each", () => {
  expect(numbersOf(responsibilities(two, written(["queries", "channels"], [[0]])))).toEqual([
    0.5, 0.5,
  ]);
});

test("a query on one of two keys belongs to it by the odds of its distance", () => {
  const [near, far] = numbersOf(responsibilities(two, written(["queries", "channels"], [[1]])));
  // Distances 2 and 0: odds e^(½·2²).
  expect(far / near).toBeCloseTo(Math.exp(2), 12);
});

test("a value speaks too: halfway between the keys, it decides", () => {
  const query = written(["queries", "channels"], [[0]]);
  const [off, on] = numbersOf(
    responsibilities(two, query, written(["queries", "valueChannels"], [[1]])),
  );
  expect(on / off).toBeCloseTo(Math.exp(0.5), 12);
});

test("of two units at one place, the more precise one explains a query there better", () => {
  const mixture = {
    ...two,
    key: written(["keys", "channels"], [[0], [0]]),
    keyPrecision: written(["keys"], [1, 4]),
  };
  const query = written(["queries", "channels"], [[0]]);
  const [vague, precise] = numbersOf(responsibilities(mixture, query));
  expect(precise / vague).toBeCloseTo(Math.sqrt(4), 12);
  // The released layer leaves the normalisers out and calls it even.
  expect(numbersOf(responsibilities({ ...mixture, normalisers: false }, query))).toEqual([
    0.5, 0.5,
  ]);
});

test.for(PRECISIONS)("rows sum to one, also in the far corner, in %s", (precision) => {
  fc.assert(
    fc.property(recipes, fc.constantFrom(0, 1e2, 1e4), (recipe, distance) => {
      const { mixture, query } = draw(recipe);
      const weights = responsibilities(mixture, add(query, distance));
      for (const total of numbersOf(sum(weights, "keys"), precision)) {
        expect(Math.abs(total - 1)).toBeLessThan(ROUNDING[precision]);
      }
    }),
  );
});

test.for(PRECISIONS)(
  "only allowed units explain, and they share everything, in %s",
  (precision) => {
    fc.assert(
      fc.property(recipes, fc.integer({ min: 0, max: 2 ** 20 - 1 }), (recipe, bits) => {
        const { mixture, query } = draw(recipe);
        const { queries, keys } = recipe.sizes;
        const kept = Uint8Array.from({ length: queries * keys }, (_, at) => (bits >> at) & 1);
        const allowed = constant(tensor({ queries, keys }, kept));
        const both = mixture.allowed === undefined ? mixture : { ...mixture, allowed: undefined };
        const weights = responsibilities({ ...both, allowed }, query);
        const numbers = numbersOf(reorder(weights, ["batch", "queries", "keys"]), precision);
        for (let row = 0; row < numbers.length / keys; row++) {
          const own = numbers.slice(row * keys, (row + 1) * keys);
          const may = [...kept.slice((row % queries) * keys, ((row % queries) + 1) * keys)];
          expect(own.filter((_, unit) => may[unit] === 0).every((weight) => weight === 0)).toBe(
            true,
          );
          const total = own.reduce((all, weight) => all + weight, 0);
          expect(Math.abs(total - (may.includes(1) ? 1 : 0))).toBeLessThan(ROUNDING[precision]);
        }
      }),
    );
  },
);

test.for(PRECISIONS)(
  "a forbidden unit that leads by ten thousand nats changes nothing, in %s",
  (precision) => {
    const key = written(["keys", "channels"], [[0], [1], [300]]);
    const value = written(["keys", "valueChannels"], [[0], [1], [9]]);
    const allowed = constant(tensor({ keys: 3 }, new Uint8Array([1, 1, 0])));
    const query = written(["queries", "channels"], [[150]]);
    const lead: Mixture = {
      key,
      value,
      keyPrecision: 1,
      valuePrecision: 1,
      logPrior: "magnitude",
      allowed,
    };
    const [first, second] = numbersOf(responsibilities(lead, query), precision);
    expect(second / (first + second)).toBeCloseTo(1, 12);
    expect(first + second).toBeCloseTo(1, 6);
  },
);

test("a token with nothing allowed has all-zero weights, and value zero", () => {
  const allowed = constant(tensor({ queries: 2, keys: 2 }, new Uint8Array([0, 0, 1, 1])));
  const query = written(["queries", "channels"], [[0], [0]]);
  expect(numbersOf(responsibilities({ ...two, allowed }, query))).toEqual([0, 0, 0.5, 0.5]);
  expect(numbersOf(expectedValue({ ...two, allowed }, query))).toEqual([0, 0.5]);
});

test("a row constant added to log π changes nothing", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, position } = draw(recipe);
      const rows = multiply(sum(position("channels"), "keys", "channels"), 10);
      const shifted = { ...mixture, logPrior: add(rawLogPrior(mixture), rows) };
      const order = ["batch", "queries", "keys"];
      const before = numbersOf(reorder(responsibilities(mixture, query), order));
      const after = numbersOf(reorder(responsibilities(shifted, query), order));
      expect(farthest(before, after)).toBeLessThan(1e-12);
    }),
  );
});

test("renumbering units leaves values alone, renumbering tokens renumbers them", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture: bare, query, value, position } = draw(recipe);
      const mixture = {
        ...bare,
        queryPosition: position("channels"),
        keyPosition: position("channels"),
      };
      const { queries, keys } = recipe.sizes;
      const units = constant(
        tensor(
          { keys },
          Int32Array.from({ length: keys }, (_, j) => (j + 1) % keys),
        ),
      );
      const tokens = constant(
        tensor(
          { queries },
          Int32Array.from({ length: queries }, (_, i) => queries - 1 - i),
        ),
      );
      const order = ["batch", "queries", "valueChannels"];
      const answer = numbersOf(reorder(expectedValue(mixture, query, value), order));
      const otherUnits = expectedValue(renumbered(mixture, "keys", units), query, value);
      expect(farthest(numbersOf(reorder(otherUnits, order)), answer)).toBeLessThan(1e-12);
      const otherTokens = expectedValue(
        renumbered(mixture, "queries", tokens),
        gather(query, "queries", tokens),
        gather(value, "queries", tokens),
      );
      const back = gather(otherTokens, "queries", tokens);
      expect(farthest(numbersOf(reorder(back, order)), answer)).toBeLessThan(1e-12);
    }),
  );
});

/** Every field that varies along an axis, in another order. */
function renumbered(mixture: Mixture, axis: string, order: ReturnType<typeof constant>): Mixture {
  return Object.fromEntries(
    Object.entries(mixture).map(([name, field]) => [
      name,
      typeof field === "object" && hasAxis(field, axis) ? gather(field, axis, order) : field,
    ]),
  ) as unknown as Mixture;
}

test.for(PRECISIONS)(
  "with α = 1/√C, the magnitude prior and β = 0, this is dot-product attention, in %s",
  (precision) => {
    fc.assert(
      fc.property(recipes, fc.constantFrom(1, 5), (recipe, spread) => {
        const { mixture, query: narrow } = draw(recipe);
        const query = multiply(narrow, spread);
        const { key, value } = mixture;
        const scale = 1 / Math.sqrt(recipe.sizes["channels"]);
        const dots = multiply(contract(query, key, "channels"), scale);
        const usual = contract(softmax(dots, "keys"), value, "keys");
        const ours = expectedValue(
          { key, value, keyPrecision: scale, valuePrecision: 0, logPrior: "magnitude" },
          query,
        );
        const order = ["batch", "queries", "valueChannels"];
        const expected = numbersOf(reorder(usual, order));
        expect(farthest(numbersOf(reorder(ours, order), precision), expected)).toBeLessThan(
          { float64: 1e-14, float32: 1e-5 }[precision],
        );
      }),
    );
  },
);

test("far from the origin, float32 keeps its digits", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      if (recipe.prior === "magnitude") return;
      const { mixture, query } = draw(recipe);
      // Both runs start from the same numbers: those that float32 can hold out there.
      const far = { ...mixture, key: rounded(add(mixture.key, 1000)) };
      const farQuery = rounded(add(query, 1000));
      const order = ["batch", "queries", "keys"];
      const weights = reorder(responsibilities(far, farQuery), order);
      expect(farthest(numbersOf(weights, "float32"), numbersOf(weights))).toBeLessThan(1e-4);
    }),
  );
});

function rounded(node: ReturnType<typeof add>): ReturnType<typeof constant> {
  const { axes, data } = tensorOf(node);
  return constant({ dtype: "float32", axes, data: Float32Array.from(data) });
}

test("tensors that do not fit are refused by name", () => {
  const query = written(["queries", "channels"], [[0, 0]]);
  expect(() => responsibilities(two, query)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: responsibilities: axis "channels" is 2 in query but 1 in key.]`,
  );
  const nameless = written(["tokens", "channels"], [[0]]);
  expect(() => responsibilities(two, nameless)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: responsibilities: query has no axis "queries", only [tokens 1, channels 1].]`,
  );
  const { value, valuePrecision, ...ofQueries } = two;
  const halfway = written(["queries", "channels"], [[0]]);
  const said = written(["queries", "valueChannels"], [[0]]);
  expect(() => responsibilities(ofQueries, halfway, said)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: responsibilities: expected a mixture with values to compare the tokens' value with, got one of queries alone. Give it value and valuePrecision.]`,
  );
});

test("precisions that are none are refused", () => {
  const query = written(["queries", "channels"], [[0]]);
  expect(() =>
    responsibilities({ ...two, keyPrecision: 0 }, query),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: responsibilities: expected keyPrecision > 0, got 0.]`,
  );
  expect(() =>
    expectedValue({ ...two, valuePrecision: Number.NaN }, query),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: expectedValue: expected valuePrecision >= 0, got NaN.]`,
  );
});
