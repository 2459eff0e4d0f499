import fc from "fast-check";
import { expect, test } from "vitest";
import {
  draw,
  farthest,
  numbersOf,
  recipes,
  worstFall,
  written,
} from "../../test/support/drawnMixture.ts";
import type { Value } from "../graph/node.ts";
import { constant } from "../graph/operations/constant.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { adaptKeyPrecision } from "./adaptKeyPrecision.ts";
import { adaptKeys } from "./adaptKeys.ts";
import { adaptValuePrecision } from "./adaptValuePrecision.ts";

const numbersOfValue = (value: Value): number[] =>
  typeof value === "number" ? [value] : numbersOf(value);

test("with next to no prior, a unit's precision is one over its queries' variance", () => {
  const mixture = { key: written(["keys", "channels"], [[1]]), keyPrecision: 7 };
  const query = written(["queries", "channels"], [[-1], [1], [3]]);
  const { keyPrecision } = adaptKeyPrecision(mixture, query, { priorStrength: 1e-12 }).mixture;
  // Squares 4, 0 and 4 over three queries.
  expect(numbersOfValue(keyPrecision)[0]).toBeCloseTo(3 / 8, 10);
});

test("the first precision counts as so many queries", () => {
  const mixture = { key: written(["keys", "channels"], [[1]]), keyPrecision: 0.5 };
  const query = written(["queries", "channels"], [[-1], [1], [3]]);
  const { keyPrecision } = adaptKeyPrecision(mixture, query, { priorStrength: 2 }).mixture;
  expect(numbersOfValue(keyPrecision)[0]).toBeCloseTo((3 + 2) / (8 + 2 / 0.5), 12);
});

test("no step lowers the log-posterior of the queries, whatever the positions", () => {
  const settings = fc.record({
    recipe: recipes,
    queryPosition: fc.boolean(),
    keyPosition: fc.boolean(),
    density: fc.constantFrom("normal" as const, "product" as const),
    priorStrength: fc.constantFrom(0.1, 1, 10),
  });
  fc.assert(
    fc.property(settings, ({ recipe, priorStrength, ...has }) => {
      const { mixture, query, position } = draw(recipe);
      const placed = {
        ...mixture,
        queryPosition: has.queryPosition ? position("channels") : undefined,
        keyPosition: has.keyPosition ? position("channels") : undefined,
        queryPositionDensity: has.density,
      };
      const { logPosterior } = adaptKeyPrecision(placed, query, { steps: 5, priorStrength });
      expect(worstFall(logPosterior)).toBeLessThan(1e-10);
    }),
  );
});

test("no step lowers the log-posterior of the labels", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, labels } = draw(recipe);
      const { logPosterior } = adaptValuePrecision(mixture, query, labels, { steps: 5 });
      expect(worstFall(logPosterior)).toBeLessThan(1e-10);
    }),
  );
});

test("a precision stays finite and positive, even where one unit sits on every query", () => {
  const mixture = {
    key: written(["keys", "channels"], [[2], [90]]),
    keyPrecision: written(["keys"], [1, 3]),
  };
  const query = written(["queries", "channels"], [[2], [2]]);
  for (const precision of ["float64", "float32"] as const) {
    const { keyPrecision } = adaptKeyPrecision(mixture, query, { steps: 20 }).mixture;
    if (typeof keyPrecision === "number") throw new Error("expected a precision per unit");
    const [taken, unreached] = numbersOf(keyPrecision, precision);
    // Two tokens without any spread, and one of the prior: three times as precise.
    expect(taken).toBeCloseTo(3, 5);
    expect(unreached).toBeCloseTo(3, 5);
  }
});

test("a precision keeps its form: shared, per unit, or per unit and channel", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, labels } = draw(recipe);
      const names = (value: Value): string[] =>
        typeof value === "number"
          ? []
          : value.axes.map(({ name }) => name).filter((name) => name !== "batch");
      const keys = adaptKeyPrecision(mixture, query).mixture.keyPrecision;
      const values = adaptValuePrecision(mixture, query, labels).mixture.valuePrecision;
      expect(names(keys).sort()).toEqual(names(mixture.keyPrecision).sort());
      expect(names(values).sort()).toEqual(names(mixture.valuePrecision).sort());
    }),
  );
});

test("a sample without labels keeps its value precision", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, labels } = draw({ ...recipe, precision: "unit" });
      const count = labels.token.axes[1].size;
      const onlyFirst = Float64Array.from({ length: 2 * count }, (_, at) => (at < count ? 1 : 0));
      const weight = constant(tensor({ batch: 2, labels: count }, onlyFirst));
      const { valuePrecision } = adaptValuePrecision(mixture, query, { ...labels, weight }).mixture;
      if (typeof valuePrecision === "number" || typeof mixture.valuePrecision === "number")
        throw new Error();
      const order = ["batch", "keys"];
      const after = numbersOf(reorder(valuePrecision, order)).slice(recipe.sizes["keys"]);
      const before = numbersOf(reorder(mixture.valuePrecision, order)).slice(recipe.sizes["keys"]);
      expect(farthest(after, before)).toBeLessThan(1e-12);
    }),
  );
});

test("keys and precisions adapted in turn climb together", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw(recipe);
      // Without priors worth mentioning, both climb the likelihood itself.
      const keys = adaptKeys(mixture, query, { steps: 2 });
      const both = adaptKeyPrecision(keys.mixture, query, { steps: 2, priorStrength: 0.05 });
      expect(worstFall(keys.logLikelihood)).toBeLessThan(1e-10);
      expect(worstFall(both.logPosterior)).toBeLessThan(1e-10);
    }),
  );
});

test("a prior that is worth no tokens is refused", () => {
  const mixture = { key: written(["keys", "channels"], [[0]]), keyPrecision: 1 };
  const query = written(["queries", "channels"], [[0]]);
  expect(() =>
    adaptKeyPrecision(mixture, query, { priorStrength: 0 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adaptKeyPrecision: expected a finite priorStrength > 0, got 0. With no prior, a unit that explains one token alone would become infinitely precise.]`,
  );
});
