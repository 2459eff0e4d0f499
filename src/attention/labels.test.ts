import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Drawn,
  draw,
  farthest,
  numbersOf,
  recipes,
  tensorOf,
} from "../../test/support/drawnMixture.ts";
import { graph } from "../graph/graph.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { gather } from "../graph/operations/gather.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import type { Labels } from "./labels.ts";
import { type PropagateValuesOptions, propagateValues } from "./propagateValues.ts";
import { responsibilities } from "./responsibilities.ts";

const VALUE_ORDER = ["batch", "keys", "valueChannels"];

function valuesAfter(drawn: Drawn, labels: Labels, options: PropagateValuesOptions): number[] {
  const { mixture } = propagateValues(drawn.mixture, drawn.query, labels, options);
  return numbersOf(reorder(mixture.value, VALUE_ORDER));
}

test("the sparse list gives what sums over all tokens with an indicator give", () => {
  fc.assert(
    fc.property(recipes, fc.constantFrom("labels" as const, "queries" as const), (recipe, from) => {
      const drawn = draw(recipe);
      const theta = 0.6;
      const dense = denseValues(drawn, from, theta);
      const sparse = valuesAfter(drawn, drawn.labels, { priorPrecision: theta, weightsFrom: from });
      expect(farthest(sparse, dense)).toBeLessThan(1e-12);
    }),
  );
});

/**
 * Equation 23 in plain loops over every token and every label of it:
 * μ ← (θ μ + β Σ_i w v) / (θ + β Σ_i w).
 */
function denseValues(
  { mixture, query, labels }: Drawn,
  from: "labels" | "queries",
  theta: number,
): number[] {
  const { token, value, weight } = labels;
  if (typeof weight !== "object") throw new Error("expected a weight per label");
  const said = tensorOf(value);
  const [batch, count, channels] = said.axes.map(({ size }) => size);
  const tokens = numbersOf(token);
  const counts = numbersOf(weight);
  const means = numbersOf(reorder(mixture.value, VALUE_ORDER));
  const keys = means.length / batch / channels;
  const beta = numbersOf(
    reorder(add(multiply(mixture.value, 0), mixture.valuePrecision), VALUE_ORDER),
  );
  const byToken = (label: number): number[] => {
    const own =
      from === "labels" ? spreadValue(said, label, tensorOf(query).axes[1].size) : undefined;
    return numbersOf(reorder(responsibilities(mixture, query, own), ["batch", "queries", "keys"]));
  };
  const queries = tensorOf(query).axes[1].size;
  const pulls = means.map(() => 0);
  const totals = means.map(() => 0);
  for (let label = 0; label < count; label++) {
    const weights = byToken(label);
    for (let sample = 0; sample < batch; sample++) {
      const at = sample * count + label;
      for (let unit = 0; unit < keys; unit++) {
        const share = counts[at] * weights[(sample * queries + tokens[at]) * keys + unit];
        for (let channel = 0; channel < channels; channel++) {
          const entry = (sample * keys + unit) * channels + channel;
          pulls[entry] += share * said.data[at * channels + channel];
          totals[entry] += share;
        }
      }
    }
  }
  return means.map(
    (mean, entry) =>
      (theta * mean + beta[entry] * pulls[entry]) / (theta + beta[entry] * totals[entry]),
  );
}

/** The value of one label of each sample, at every token. */
function spreadValue(said: ReturnType<typeof tensorOf>, label: number, queries: number): Node {
  const [batch, count, valueChannels] = said.axes.map(({ size }) => size);
  const data = new Float64Array(batch * queries * valueChannels);
  for (let sample = 0; sample < batch; sample++) {
    for (let token = 0; token < queries; token++) {
      for (let channel = 0; channel < valueChannels; channel++) {
        data[(sample * queries + token) * valueChannels + channel] =
          said.data[(sample * count + label) * valueChannels + channel];
      }
    }
  }
  return constant(tensor({ batch, queries, valueChannels }, data));
}

test("values that no label speaks of cannot leak in: only labelled rows are ever looked at", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const { mixture, query, labels } = draw({
        ...recipe,
        sizes: { ...recipe.sizes, queries: 29 },
      });
      const { order } = graph({
        value: propagateValues(mixture, query, labels, { steps: 3 }).mixture.value,
      });
      const makers = order.filter(({ operation }) => operation !== "constant");
      // 29 tokens: beside what is gathered from, nothing in the whole computation is that long.
      const long = makers.filter(
        ({ operation, axes }) => axes.some(({ size }) => size === 29) && !WEIGHING.has(operation),
      );
      expect(long).toEqual([]);
    }),
  );
});

/** Explicit mixing weights are turned into logarithms once, before rows are taken from them. */
const WEIGHING: ReadonlySet<string> = new Set(["less", "log", "where"]);

test("a label of weight two is the label said twice; one of weight zero was never said", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, free) => {
      const drawn = draw(recipe);
      const { token, value } = drawn.labels;
      const count = token.axes[1].size;
      const index = (...list: number[]): Node =>
        constant(tensor({ labels: list.length }, Int32Array.from(list)));
      const weighed = (...list: number[]): Node => constant(tensor({ labels: list.length }, list));
      const pick = (...list: number[]): Labels => ({
        token: gather(token, "labels", index(...list)),
        value: gather(value, "labels", index(...list)),
      });
      const options = { steps: 2, priorPrecision: free ? undefined : 0.7 };
      const twice = valuesAfter(drawn, pick(0, 0, 2), options);
      const heavy = valuesAfter(
        drawn,
        { ...pick(0, 2, count - 1), weight: weighed(2, 1, 0) },
        options,
      );
      expect(farthest(heavy, twice)).toBeLessThan(1e-11);
    }),
  );
});

test("the order of labels does not matter", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const drawn = draw(recipe);
      const { token, value, weight } = drawn.labels;
      if (typeof weight !== "object") return;
      const count = token.axes[1].size;
      const turned = constant(
        tensor(
          { labels: count },
          Int32Array.from({ length: count }, (_, at) => count - 1 - at),
        ),
      );
      const labels = {
        token: gather(token, "labels", turned),
        value: gather(value, "labels", turned),
        weight: gather(weight, "labels", turned),
      };
      const options = { steps: 2, priorPrecision: 0.7 };
      expect(
        farthest(valuesAfter(drawn, labels, options), valuesAfter(drawn, drawn.labels, options)),
      ).toBeLessThan(1e-12);
    }),
  );
});

test("label weights from the queries need no values, and positions are seen by labels too", () => {
  fc.assert(
    fc.property(recipes, (recipe) => {
      const drawn = draw(recipe);
      const placed = {
        ...drawn,
        mixture: {
          ...drawn.mixture,
          queryPosition: drawn.position("channels"),
          keyPosition: drawn.position("channels"),
        },
      };
      const options = { priorPrecision: 0.6, weightsFrom: "queries" } as const;
      const sparse = valuesAfter(placed, placed.labels, options);
      expect(farthest(sparse, denseValues(placed, "queries", 0.6))).toBeLessThan(1e-11);
    }),
  );
});

test("an empty list says nothing", () => {
  fc.assert(
    fc.property(recipes, fc.boolean(), (recipe, free) => {
      const drawn = draw(recipe);
      const { valueChannels } = recipe.sizes;
      const nothing = {
        token: constant(tensor({ labels: 0 }, new Int32Array(0))),
        value: constant(tensor({ labels: 0, valueChannels }, new Float64Array(0))),
      };
      const after = valuesAfter(drawn, nothing, { priorPrecision: free ? undefined : 0.7 });
      expect(after).toEqual(numbersOf(reorder(drawn.mixture.value, VALUE_ORDER)));
    }),
  );
});
