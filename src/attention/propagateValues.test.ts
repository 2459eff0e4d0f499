import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Drawn,
  draw,
  farthest,
  numbersOf,
  recipes,
  worstFall,
  written,
} from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { constant } from "../graph/operations/constant.ts";
import { gather } from "../graph/operations/gather.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { expectedValue } from "./expectedValue.ts";
import type { Labels } from "./labels.ts";
import { type PropagateValuesOptions, propagateValues } from "./propagateValues.ts";

const VALUE_ORDER = ["batch", "keys", "valueChannels"];

function valuesAfter(drawn: Drawn, labels: Labels, options: PropagateValuesOptions): number[] {
  const { mixture } = propagateValues(drawn.mixture, drawn.query, labels, options);
  return numbersOf(reorder(mixture.value, VALUE_ORDER));
}

test("one label teaches its token's unit its value, and with it every token of that unit", () => {
  const mixture = {
    key: written(["keys", "channels"], [[-9], [9]]),
    value: written(["keys", "valueChannels"], [[0], [0]]),
    keyPrecision: 1,
    valuePrecision: 1,
  };
  const query = written(["queries", "channels"], [[9], [-9], [8]]);
  const labels = {
    token: constant(tensor({ labels: 1 }, new Int32Array([0]))),
    value: written(["labels", "valueChannels"], [[1]]),
  };
  const taught = propagateValues(mixture, query, labels, { priorPrecision: 1e-9 }).mixture;
  const values = numbersOf(expectedValue(taught, query));
  expect(values.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 0, 1]);
  // A prior as precise as the label: half the way.
  const held = propagateValues(mixture, query, labels, { priorPrecision: 1 }).mixture;
  expect(numbersOf(held.value)[1]).toBeCloseTo(0.5, 12);
});

test("anchored, no step lowers the labels' log-posterior", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, isNumber) => {
      const { mixture, query, labels, valuePriorPrecision } = draw(recipe);
      const priorPrecision = isNumber ? 0.8 : valuePriorPrecision;
      const { logPosterior } = propagateValues(mixture, query, labels, {
        steps: 8,
        priorPrecision,
      });
      expect(worstFall(logPosterior)).toBeLessThan(1e-11);
    }),
  );
});

test("moving, or without a prior, no step lowers the labels' log-likelihood", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, free) => {
      const { mixture, query, labels } = draw(recipe);
      const { logLikelihood } = propagateValues(mixture, query, labels, {
        steps: 8,
        priorMean: "moving",
        priorPrecision: free ? undefined : 0.7,
      });
      expect(worstFall(logLikelihood)).toBeLessThan(1e-11);
    }),
  );
});

test("label weights without the labels' values, as in the released layer, can lower it", () => {
  const falling = fc.sample(recipes, { seed: 9, numRuns: 60 }).filter((recipe) => {
    const { mixture, query, labels } = draw(recipe);
    const best = propagateValues(mixture, query, labels, { steps: 50 }).mixture;
    const { logLikelihood } = propagateValues(best, query, labels, { weightsFrom: "queries" });
    return worstFall(logLikelihood) > 1e-3;
  });
  expect(falling.length).toBeGreaterThan(20);
});

test("a sample without labels keeps its values, whatever the sample beside it has", () => {
  fc.assert(
    fc.property(
      recipes,
      fc.boolean(),
      fc.constantFrom("float64" as const, "float32" as const),
      (recipe, free, precision) => {
        const { mixture, query, labels } = draw(recipe);
        const count = labels.token.axes[1].size;
        const weight = constant(
          tensor(
            { batch: 2, labels: count },
            Float64Array.from({ length: 2 * count }, (_, at) => (at < count ? 1 : 0)),
          ),
        );
        const { value } = propagateValues(
          mixture,
          query,
          { ...labels, weight },
          {
            steps: 2,
            priorPrecision: free ? undefined : 0.7,
          },
        ).mixture;
        const after = numbersOf(reorder(value, VALUE_ORDER), precision);
        const before = numbersOf(reorder(mixture.value, VALUE_ORDER), precision);
        const half = before.length / 2;
        expect(after.slice(half)).toEqual(before.slice(half));
        expect(farthest(after.slice(0, half), before.slice(0, half))).toBeGreaterThan(0);
        expect(after.every(Number.isFinite)).toBe(true);
      },
    ),
  );
});

test("a unit that no label can reach keeps its value", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, free) => {
      const { mixture, query, labels } = draw({ ...recipe, prior: "uniform" });
      const { keys } = recipe.sizes;
      const allowed = constant(
        tensor(
          { keys },
          Uint8Array.from({ length: keys }, (_, unit) => (unit === 2 ? 0 : 1)),
        ),
      );
      const { value } = propagateValues({ ...mixture, allowed }, query, labels, {
        priorPrecision: free ? undefined : 0.7,
      }).mixture;
      const unit = (at: Node): Node =>
        gather(at, "keys", constant(tensor({}, new Int32Array([2]))));
      const order = ["batch", "valueChannels"];
      expect(numbersOf(reorder(unit(value), order))).toEqual(
        numbersOf(reorder(unit(mixture.value), order)),
      );
    }),
  );
});

test("an infinite prior holds values; after one step moving and anchored agree", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const drawn = draw(recipe);
      const after = (options: PropagateValuesOptions): number[] =>
        valuesAfter(drawn, drawn.labels, options);
      expect(after({ steps: 3, priorPrecision: Number.POSITIVE_INFINITY })).toEqual(
        after({ steps: 0 }),
      );
      const priorPrecision = drawn.valuePriorPrecision;
      expect(after({ priorPrecision, priorMean: "moving" })).toEqual(after({ priorPrecision }));
    }),
  );
});

test("tensors and options that make no sense are refused", () => {
  const mixture = {
    key: written(["keys", "channels"], [[0]]),
    value: written(["keys", "valueChannels"], [[0]]),
    keyPrecision: 1,
    valuePrecision: 1,
  };
  const query = written(["queries", "channels"], [[0]]);
  const token = constant(tensor({ labels: 1 }, new Int32Array([0])));
  const value = written(["labels", "valueChannels"], [[1]]);
  const two = written(["labels", "valueChannels"], [[1], [2]]);
  expect(() =>
    propagateValues(mixture, query, { token, value: two }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: propagateValues: axis "labels" is 1 in labels.token but 2 in labels.value.]`,
  );
  expect(() =>
    propagateValues(mixture, query, { token, value }, { priorPrecision: -1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: propagateValues: expected priorPrecision > 0, got -1. For no prior, leave it out.]`,
  );
});
