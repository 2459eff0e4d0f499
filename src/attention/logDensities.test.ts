import fc from "fast-check";
import { expect, test } from "vitest";
import { draw, farthest, numbersOf, recipes, written } from "../../test/support/drawnMixture.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { expand } from "../graph/operations/expand.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { hasAxis } from "./hasAxis.ts";
import { logConditional, logJoint, logQueryMarginal } from "./logDensities.ts";

test("one unit is one normal distribution", () => {
  const mixture = {
    key: written(["keys", "channels"], [[1]]),
    value: written(["keys", "valueChannels"], [[-2]]),
    keyPrecision: 4,
    valuePrecision: 0.25,
  };
  const query = written(["queries", "channels"], [[2]]);
  const value = written(["queries", "valueChannels"], [[0]]);
  const logNormal = (distance: number, precision: number): number =>
    0.5 * Math.log(precision / (2 * Math.PI)) - 0.5 * precision * distance ** 2;
  expect(numbersOf(logQueryMarginal(mixture, query))[0]).toBeCloseTo(logNormal(1, 4), 14);
  expect(numbersOf(logConditional(mixture, query, value))[0]).toBeCloseTo(logNormal(2, 0.25), 14);
  const both = logNormal(1, 4) + logNormal(2, 0.25);
  expect(numbersOf(logJoint(mixture, query, value))[0]).toBeCloseTo(both, 14);
});

test("densities integrate to one", () => {
  const one = { batch: 1, queries: 1, keys: 3, channels: 1, valueChannels: 1 };
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture } = draw({ ...recipe, sizes: one });
      // Beyond 14 there is less than 1e-9: means are a few, deviations at most 1/√0.3.
      const side = 281;
      const step = 0.1;
      const at = Float64Array.from({ length: side }, (_, index) => (index - (side - 1) / 2) * step);
      const grid = (name: string, repeat: string) =>
        expand(constant(tensor({ [name]: side }, at)), { [repeat]: side });
      const query = expand(reorder(grid("rows", "columns"), ["rows", "columns"]), {
        queries: 1,
        channels: 1,
      });
      const value = expand(reorder(grid("columns", "rows"), ["rows", "columns"]), {
        queries: 1,
        valueChannels: 1,
      });
      const mass = numbersOf(logJoint(mixture, query, value)).reduce(
        (total, logDensity) => total + Math.exp(logDensity) * step * step,
        0,
      );
      expect(mass).toBeCloseTo(1, 8);
    }),
    { numRuns: 12 },
  );
});

test("a diagonal precision with equal entries is an isotropic one", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      if (recipe.precision !== "unit") return;
      const { mixture, query, value } = draw(recipe);
      const { channels, valueChannels } = recipe.sizes;
      const { keyPrecision, valuePrecision } = mixture;
      if (!hasAxis(keyPrecision, "keys") || !hasAxis(valuePrecision, "keys")) throw new Error();
      const diagonal = {
        ...mixture,
        keyPrecision: expand(keyPrecision, { channels }),
        valuePrecision: expand(valuePrecision, { valueChannels }),
      };
      const order = ["batch", "queries"];
      const isotropic = numbersOf(reorder(logJoint(mixture, query, value), order));
      const same = numbersOf(reorder(logJoint(diagonal, query, value), order));
      expect(farthest(isotropic, same)).toBeLessThan(1e-12);
    }),
  );
});

test("mixing weights count in proportion, whatever they sum to", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw(recipe);
      const { logPrior } = mixture;
      if (typeof logPrior !== "object") return;
      const scaled = { ...mixture, logPrior: add(logPrior, 3) };
      const before = numbersOf(logQueryMarginal(mixture, query));
      expect(farthest(before, numbersOf(logQueryMarginal(scaled, query)))).toBeLessThan(1e-12);
    }),
  );
});

test("literal position densities are normalised: they integrate to one over queries", () => {
  const one = { batch: 1, queries: 1, keys: 3, channels: 1, valueChannels: 1 };
  fc.assert(
    fc.property(recipes, (recipe) => {
      if (recipe.prior === "magnitude") return;
      const { mixture, position } = draw({ ...recipe, sizes: one });
      const side = 561;
      const step = 0.05;
      const at = Float64Array.from({ length: side }, (_, index) => (index - (side - 1) / 2) * step);
      const query = expand(constant(tensor({ grid: side }, at)), { queries: 1, channels: 1 });
      const withPosition = { ...mixture, queryPosition: position("channels") };
      const mass = numbersOf(logQueryMarginal(withPosition, query)).reduce(
        (total, logDensity) => total + Math.exp(logDensity) * step,
        0,
      );
      expect(mass).toBeCloseTo(1, 8);
    }),
  );
});
