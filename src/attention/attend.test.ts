import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Drawn,
  draw,
  farthest,
  numbersOf,
  type Recipe,
  recipes,
  written,
} from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { concat } from "../graph/operations/concat.ts";
import { constant } from "../graph/operations/constant.ts";
import { contract } from "../graph/operations/contract.ts";
import { exp } from "../graph/operations/exp.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { slice } from "../graph/operations/slice.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { adaptKeys } from "./adaptKeys.ts";
import { type AttentionInputs, type AttentionOptions, attend, RELEASED_LAYER } from "./attend.ts";
import { expectedValue } from "./expectedValue.ts";
import { hasAxis } from "./hasAxis.ts";
import { inferValues } from "./inferValues.ts";
import { propagateValues } from "./propagateValues.ts";
import { responsibilities } from "./responsibilities.ts";

const ANSWER_ORDER = ["batch", "queries", "valueChannels"];
const answer = (node: Node): number[] => numbersOf(reorder(node, ANSWER_ORDER));

/** What `attend` takes, of a drawn mixture. */
function inputsOf({ mixture, query, labels }: Drawn): AttentionInputs {
  const { key, value, keyPrecision, valuePrecision, logPrior, allowed } = mixture;
  const mixingWeights = typeof logPrior === "object" ? exp(logPrior) : undefined;
  return { query, key, value, keyPrecision, valuePrecision, mixingWeights, allowed, labels };
}

const priorOf = ({ prior }: Recipe): "magnitude" | "uniform" =>
  prior === "magnitude" ? "magnitude" : "uniform";

test("by default it is the printed model: adapt keys, propagate values, infer", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, labelled) => {
      const drawn = draw(recipe);
      const { mixture, query, labels } = drawn;
      const inputs = { ...inputsOf(drawn), labels: labelled ? labels : undefined };
      const whole = attend(inputs, {
        prior: priorOf(recipe),
        keySteps: 2,
        keyPriorPrecision: 0.7,
        valueSteps: 3,
        valuePriorPrecision: 0.4,
        inferenceSteps: 2,
      });
      const adapted = adaptKeys(mixture, query, { steps: 2, priorPrecision: 0.7 }).mixture;
      const taught = labelled
        ? propagateValues(adapted, query, labels, { steps: 3, priorPrecision: 0.4 }).mixture
        : adapted;
      const { value } = inferValues(taught, query, { steps: 2 });
      expect(farthest(answer(whole.value), answer(value))).toBeLessThan(1e-12);
      expect(whole.position).toBeUndefined();
    }),
  );
});

test("value positions are averaged beside the values, and leave these alone", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const drawn = draw(recipe);
      const inputs = { ...inputsOf(drawn), labels: undefined };
      const valuePosition = drawn.position("valueChannels");
      const without = attend(inputs, { prior: priorOf(recipe) });
      const { value, position } = attend({ ...inputs, valuePosition }, { prior: priorOf(recipe) });
      expect(answer(value)).toEqual(answer(without.value));
      const weights = responsibilities(drawn.mixture, drawn.query);
      const expected = answer(contract(weights, valuePosition, "keys"));
      if (position === undefined) throw new Error("expected a position");
      expect(farthest(answer(position), expected)).toBeLessThan(1e-12);
    }),
  );
});

test("samples of a batch do not influence each other, whichever of them has labels", () => {
  const options = fc.constantFrom<AttentionOptions>(
    { keySteps: 1, valueSteps: 2 },
    { ...RELEASED_LAYER, keySteps: 1, valueSteps: 2 },
  );
  fc.assert(
    fc.property(recipes, options, (recipe, chosen) => {
      const drawn = draw(recipe);
      const { labels } = drawn;
      const count = labels.token.axes[1].size;
      const onlyFirst = Float64Array.from({ length: 2 * count }, (_, at) => (at < count ? 1 : 0));
      const weight = constant(tensor({ batch: 2, labels: count }, onlyFirst));
      const inputs = { ...inputsOf(drawn), labels: { ...labels, weight } };
      const settings = { ...chosen, prior: priorOf(recipe) };
      const together = attend(inputs, settings).value;
      const alone = [0, 1].map((at) => attend(sampleOf(inputs, at), settings).value);
      const apart = concat(
        alone.map((value) => reorder(value, ANSWER_ORDER)),
        "batch",
      );
      expect(farthest(numbersOf(apart), answer(together))).toBeLessThan(1e-11);
    }),
  );
});

/** One sample of a batch of inputs. */
function sampleOf<Fields extends object>(fields: Fields, at: number): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]: [string, unknown]) => {
      if (name === "labels") return [name, sampleOf(field as object, at)];
      const node = field as Node | number | undefined;
      return node !== undefined && hasAxis(node, "batch")
        ? [name, slice(node, "batch", at, at + 1)]
        : [name, node];
    }),
  ) as Fields;
}

test("in the printed model each departure of the released layer makes a difference", () => {
  const drawn = draw({
    seed: 4,
    precision: "unit",
    prior: "magnitude",
    sizes: { batch: 1, queries: 5, keys: 5, channels: 3, valueChannels: 2 },
  });
  const inputs: AttentionInputs = {
    ...inputsOf(drawn),
    queryPosition: drawn.position("channels"),
    keyPosition: drawn.position("channels"),
    valuePosition: drawn.position("valueChannels"),
    initialValue: drawn.value,
    labelledPosition: drawn.mixture.value,
  };
  const settings: AttentionOptions = {
    prior: "magnitude",
    keySteps: 2,
    keyPriorPrecision: 0.7,
    valueSteps: 2,
    valuePriorPrecision: 0.7,
    inferenceSteps: 1,
  };
  const both = (options: AttentionOptions): number[] => {
    const { value, position } = attend(inputs, { ...settings, ...options });
    if (position === undefined) throw new Error("expected a position");
    return [...answer(value), ...answer(position)];
  };
  const model = both({});
  const same = Object.entries(RELEASED_LAYER).filter(
    ([name, departure]) => farthest(both({ [name]: departure }), model) < 1e-6,
  );
  // With an initial value and one step, a maximum and one average are the same computation.
  expect(same.map(([name]) => name)).toEqual(["inference"]);
});

test("with β = 0 the most probable value is the expected one", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const drawn = draw({ ...recipe, precision: "shared", prior: "uniform" });
      const { value, mixture } = attend({
        ...inputsOf(drawn),
        labels: undefined,
        valuePrecision: 0,
      });
      expect(farthest(answer(value), answer(expectedValue(mixture, drawn.query)))).toBeLessThan(
        1e-13,
      );
    }),
  );
});

test("inputs that do not fit are refused by name", () => {
  const inputs = {
    query: written(["queries", "channels"], [[0, 0]]),
    key: written(["keys", "channels"], [[0, 0]]),
    value: written(["keys", "valueChannels"], [[0]]),
    keyPrecision: 1,
    valuePrecision: 1,
  };
  const two = written(
    ["queries", "keys", "channels"],
    [
      [
        [0, 0],
        [0, 0],
      ],
    ],
  );
  expect(() => attend({ ...inputs, queryPosition: two })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: attend: axis "keys" is 1 in key but 2 in queryPosition.]`,
  );
});
