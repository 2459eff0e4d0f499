import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Drawn,
  draw,
  farthest,
  numbersOf,
  type Recipe,
  recipes,
  worstFall,
  written,
} from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { concat } from "../graph/operations/concat.ts";
import { constant } from "../graph/operations/constant.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { slice } from "../graph/operations/slice.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { type AdaptKeysOptions, adaptKeys } from "./adaptKeys.ts";
import { expectedValue } from "./expectedValue.ts";
import { hasAxis } from "./hasAxis.ts";
import type { Mixture, QueryMixture } from "./mixture.ts";

const KEY_ORDER = ["batch", "keys", "channels"];

const keysOf = (mixture: QueryMixture): number[] => numbersOf(reorder(mixture.key, KEY_ORDER));

/** A mixture with a choice of positions, and a prior precision of either form. */
const settings = fc.record({
  recipe: recipes,
  queryPosition: fc.boolean(),
  keyPosition: fc.boolean(),
  density: fc.constantFrom("normal" as const, "product" as const),
  priorForm: fc.constantFrom("number" as const, "tensor" as const),
});
type Setting = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

function drawSetting(setting: Setting): Drawn & { readonly theta: number | Node } {
  const drawn = draw(setting.recipe);
  const mixture = {
    ...drawn.mixture,
    queryPosition: setting.queryPosition ? drawn.position("channels") : undefined,
    keyPosition: setting.keyPosition ? drawn.position("channels") : undefined,
    queryPositionDensity: setting.density,
  };
  return {
    ...drawn,
    mixture,
    theta: setting.priorForm === "number" ? 0.8 : drawn.keyPriorPrecision,
  };
}

test("a key that explains nothing stays; one that explains all moves to the mean", () => {
  const mixture = {
    key: written(["keys", "channels"], [[0], [900]]),
    keyPrecision: 1,
    allowed: constant(tensor({ keys: 2 }, new Uint8Array([1, 0]))),
  };
  const query = written(["queries", "channels"], [[2], [4]]);
  expect(numbersOf(adaptKeys(mixture, query).mixture.key)).toEqual([3, 900]);
});

test("a prior holds a key back as so many queries would", () => {
  const mixture = { key: written(["keys", "channels"], [[0]]), keyPrecision: 2 };
  const query = written(["queries", "channels"], [[3], [3]]);
  // Two queries of precision 2 against a prior of precision 4: half the way.
  const { key } = adaptKeys(mixture, query, { priorPrecision: 4 }).mixture;
  expect(numbersOf(key)[0]).toBeCloseTo(1.5, 14);
});

test("anchored, no step lowers the log-posterior, whatever the positions", () => {
  fc.assert(
    fc.property(settings, (setting) => {
      const { mixture, query, theta } = drawSetting(setting);
      const { logPosterior } = adaptKeys(mixture, query, { steps: 6, priorPrecision: theta });
      expect(worstFall(logPosterior)).toBeLessThan(1e-10);
    }),
  );
});

test("moving, or without a prior, no step lowers the log-likelihood", () => {
  fc.assert(
    fc.property(settings, fc.boolean(), (setting, free) => {
      const { mixture, query, theta } = drawSetting(setting);
      const { logLikelihood } = adaptKeys(mixture, query, {
        steps: 6,
        priorMean: "moving",
        priorPrecision: free ? undefined : theta,
      });
      expect(worstFall(logLikelihood)).toBeLessThan(1e-10);
    }),
  );
});

/** What the released layer does can fall: of these mixtures, on how many does it? */
function falls(change: Partial<Recipe>, options: AdaptKeysOptions, keyPosition = false): number {
  return fc.sample(recipes, { seed: 5, numRuns: 60 }).filter((recipe) => {
    const { mixture, query, position } = draw({ ...recipe, ...change });
    const placed = keyPosition ? { ...mixture, keyPosition: position("channels") } : mixture;
    return worstFall(adaptKeys(placed, query, { steps: 6, ...options }).logPosterior) > 1e-3;
  }).length;
}

test("the log-posterior can fall with a moving mean, a recomputed prior, or positions ignored", () => {
  expect(falls({}, { priorPrecision: 0.8, priorMean: "moving" })).toBeGreaterThan(0);
  expect(falls({ prior: "magnitude" }, { magnitudePrior: "recomputed" })).toBeGreaterThan(0);
  expect(falls({}, { positions: "ignored" }, true)).toBeGreaterThan(0);
});

test("after one step moving and anchored agree, after two they do not", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, keyPriorPrecision: priorPrecision } = draw(recipe);
      const after = (steps: number, priorMean: "anchored" | "moving"): number[] =>
        keysOf(adaptKeys(mixture, query, { steps, priorPrecision, priorMean }).mixture);
      expect(after(1, "moving")).toEqual(after(1, "anchored"));
      expect(farthest(after(2, "moving"), after(2, "anchored"))).toBeGreaterThan(1e-9);
    }),
  );
});

test("the firmer the prior, the less keys move; an infinite one holds them", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw(recipe);
      const start = keysOf(mixture);
      const moved = (priorPrecision: number): number =>
        farthest(keysOf(adaptKeys(mixture, query, { steps: 3, priorPrecision }).mixture), start);
      expect(moved(1e9)).toBeLessThan(1e-7);
      expect(moved(Number.POSITIVE_INFINITY)).toBe(0);
    }),
  );
});

test("a weak prior is no prior", () => {
  fc.assert(
    fc.property(settings, (setting) => {
      const { mixture, query } = drawSetting(setting);
      const free = keysOf(adaptKeys(mixture, query).mixture);
      const weak = keysOf(adaptKeys(mixture, query, { priorPrecision: 1e-13 }).mixture);
      expect(farthest(weak, free)).toBeLessThan(1e-5);
    }),
    { seed: 11, numRuns: 50 },
  );
});

test("float32: a key 40 away in every channel still finds its queries, and ruins no answer", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw({ ...recipe, precision: "shared", prior: "uniform" });
      const { keys, channels } = recipe.sizes;
      const away = constant(
        tensor(
          { keys, channels },
          Float64Array.from({ length: keys * channels }, (_, at) => (at < channels ? 40 : 0)),
        ),
      );
      const far = { ...mixture, key: add(mixture.key, away) };
      const adapted = adaptKeys(far, query, { steps: 2 }).mixture;
      const answer = expectedValue(adapted, query);
      expect(farthest(numbersOf(adapted.key, "float32"), numbersOf(adapted.key))).toBeLessThan(
        1e-3,
      );
      expect(farthest(numbersOf(answer, "float32"), numbersOf(answer))).toBeLessThan(1e-3);
    }),
    { seed: 2, numRuns: 40 },
  );
});

test("a unit that no token may use keeps its key, with a prior and without", () => {
  fc.assert(
    fc.property(
      recipes,
      fc.boolean(),
      fc.constantFrom("float64" as const, "float32" as const),
      (recipe, free, precision) => {
        const { mixture, query } = draw({ ...recipe, prior: "uniform" });
        const { keys } = recipe.sizes;
        const allowed = constant(
          tensor(
            { keys },
            Uint8Array.from({ length: keys }, (_, unit) => (unit === 1 ? 0 : 1)),
          ),
        );
        const priorPrecision = free ? undefined : 0.5;
        const adapted = adaptKeys({ ...mixture, allowed }, query, {
          steps: 2,
          priorPrecision,
        }).mixture;
        const unit = (key: Node): Node => slice(reorder(key, KEY_ORDER), "keys", 1, 2);
        expect(numbersOf(unit(adapted.key), precision)).toEqual(
          numbersOf(unit(mixture.key), precision),
        );
        expect(numbersOf(adapted.key, precision).every(Number.isFinite)).toBe(true);
      },
    ),
  );
});

test("a token with nothing allowed pulls no key", () => {
  const allowed = constant(tensor({ queries: 2, keys: 2 }, new Uint8Array([1, 1, 0, 0])));
  const mixture = { key: written(["keys", "channels"], [[-1], [1]]), keyPrecision: 1 };
  const query = written(["queries", "channels"], [[0], [50]]);
  expect(numbersOf(adaptKeys({ ...mixture, allowed }, query).mixture.key)).toEqual([0, 0]);
  const held = adaptKeys({ ...mixture, allowed }, query, { priorPrecision: 0.5 }).mixture.key;
  expect(numbersOf(held)).toEqual([-0.5, 0.5]);
});

test("samples of a batch do not influence each other", () => {
  fc.assert(
    fc.property(settings, (setting) => {
      const { mixture, query } = drawSetting(setting);
      const together = adaptKeys(mixture, query, { steps: 2 }).mixture.key;
      const alone = [0, 1].map((sample) => {
        const own = sampleOf(mixture, sample);
        return adaptKeys(own, slice(query, "batch", sample, sample + 1), { steps: 2 }).mixture.key;
      });
      const apart = concat(
        alone.map((key) => reorder(key, KEY_ORDER)),
        "batch",
      );
      expect(farthest(numbersOf(apart), numbersOf(reorder(together, KEY_ORDER)))).toBeLessThan(
        1e-12,
      );
    }),
  );
});

/** One sample of a batch of mixtures. */
function sampleOf(mixture: Mixture, sample: number): Mixture {
  return Object.fromEntries(
    Object.entries(mixture).map(([name, field]) => [
      name,
      typeof field === "object" && hasAxis(field, "batch")
        ? slice(field, "batch", sample, sample + 1)
        : field,
    ]),
  ) as unknown as Mixture;
}

test("keys follow their queries when everything is scaled", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query } = draw({ ...recipe, precision: "shared", prior: "uniform" });
      const scaled = {
        ...mixture,
        key: multiply(mixture.key, 3),
        keyPrecision: multiply(mixture.keyPrecision, 1 / 9),
      };
      const before = keysOf({
        ...mixture,
        key: multiply(adaptKeys(mixture, query).mixture.key, 3),
      });
      const after = keysOf(adaptKeys(scaled, multiply(query, 3)).mixture);
      expect(farthest(after, before)).toBeLessThan(1e-11);
    }),
  );
});

test("a prior has a precision, and steps are whole", () => {
  const mixture = { key: written(["keys", "channels"], [[0]]), keyPrecision: 1 };
  const query = written(["queries", "channels"], [[0]]);
  expect(() => adaptKeys(mixture, query, { priorPrecision: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adaptKeys: expected priorPrecision > 0, got 0. For no prior, leave it out.]`,
  );
  expect(() => adaptKeys(mixture, query, { steps: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adaptKeys: expected steps to be a whole number of at least 0, got -1.]`,
  );
});
