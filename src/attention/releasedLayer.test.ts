import fc from "fast-check";
import { expect, test } from "vitest";
import { farthest, numbersOf, written } from "../../test/support/drawnMixture.ts";
import {
  type Matrix,
  type Pairs,
  type PlainLayer,
  plainReleasedLayer,
} from "../../test/support/plainReleasedLayer.ts";
import type { Node } from "../graph/node.ts";
import { constant } from "../graph/operations/constant.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { normalNumbers, randomNumbers } from "../tensor/random.ts";
import { type AttentionInputs, type AttentionOptions, attend, RELEASED_LAYER } from "./attend.ts";

test("the released layer's settings give what it computes, in plain loops, whatever is combined", () => {
  fc.assert(
    fc.property(layers, (layer) => {
      const { value, position } = attend(...asAttention(layer));
      const expected = plainReleasedLayer(layer);
      const order = ["queries", "valueChannels"];
      expect(farthest(numbersOf(reorder(value, order)), expected.value.flat())).toBeLessThan(1e-9);
      expect(position === undefined).toBe(expected.position === undefined);
      if (position === undefined || expected.position === undefined) return;
      expect(farthest(numbersOf(reorder(position, order)), expected.position.flat())).toBeLessThan(
        1e-9,
      );
    }),
    { numRuns: 300 },
  );
});

/** Layers of every combination of what a layer may have, for 4 tokens and 3 or 4 units. */
const layers: fc.Arbitrary<PlainLayer> = fc
  .record({
    seed: fc.integer(),
    units: fc.constantFrom(3, 4),
    shared: fc.boolean(),
    prior: fc.constantFrom("uniform" as const, "magnitude" as const, "explicit" as const),
    masked: fc.boolean(),
    initialValue: fc.boolean(),
    queryPosition: fc.boolean(),
    keyPosition: fc.boolean(),
    valuePosition: fc.boolean(),
    labelled: fc.boolean(),
    keySteps: fc.nat(2),
    valueSteps: fc.nat(2),
    keyPrior: fc.boolean(),
    valuePrior: fc.boolean(),
  })
  .map(({ seed, units, ...has }) => {
    const random = randomNumbers(seed);
    const normal = normalNumbers(random);
    const positive = (): number => 0.2 + random();
    const list = (length: number, next: () => number): number[] => Array.from({ length }, next);
    const matrix = (rows: number, columns: number, next = normal): Matrix =>
      Array.from({ length: rows }, () => list(columns, next));
    const pairs = (channels: number): Pairs =>
      Array.from({ length: 4 }, () => matrix(units, channels));
    const alike = (values: number[]): number[] =>
      has.shared ? values.map(() => values[0]) : values;
    return {
      query: matrix(4, 3),
      key: matrix(units, 3),
      value: matrix(units, 2),
      alpha: alike(list(units, positive)),
      beta: alike(list(units, () => 0.5 * positive())),
      prior: has.prior === "explicit" ? matrix(4, units, positive) : has.prior,
      // The first unit is always allowed, so that no row is empty.
      allowed: has.masked
        ? Array.from({ length: 4 }, () =>
            list(units, random).map((draw, j) => j === 0 || draw < 0.5),
          )
        : undefined,
      initialValue: has.initialValue ? matrix(4, 2) : undefined,
      queryPosition: has.queryPosition ? pairs(3) : undefined,
      keyPosition: has.keyPosition ? pairs(3) : undefined,
      valuePosition: has.valuePosition ? pairs(2) : undefined,
      labelledPosition: has.valuePosition && has.labelled ? matrix(units, 2) : undefined,
      labels: matrix(4, 2).map((value, token) => ({
        value,
        weight: token % 2 === 0 ? positive() : 0,
      })),
      keySteps: has.keySteps,
      valueSteps: has.labelled ? has.valueSteps : 0,
      keyPrior: has.keyPrior ? matrix(units, 3, positive) : undefined,
      valuePrior: has.valuePrior ? matrix(units, 2, positive) : undefined,
    };
  });

function asAttention(layer: PlainLayer): [AttentionInputs, AttentionOptions] {
  const maybe = (axes: readonly string[], rows: unknown): Node | undefined =>
    rows === undefined ? undefined : written(axes, rows);
  const { prior, allowed, labels = [] } = layer;
  const shared = new Set(layer.alpha).size === 1;
  const kept = labels.flatMap(({ weight }, token) => (weight > 0 ? [token] : []));
  return [
    {
      query: written(["queries", "channels"], layer.query),
      key: written(["keys", "channels"], layer.key),
      value: written(["keys", "valueChannels"], layer.value),
      keyPrecision: shared ? layer.alpha[0] : written(["keys"], layer.alpha),
      valuePrecision: shared ? layer.beta[0] : written(["keys"], layer.beta),
      mixingWeights: typeof prior === "string" ? undefined : written(["queries", "keys"], prior),
      allowed:
        allowed &&
        constant(
          tensor({ queries: 4, keys: layer.key.length }, Uint8Array.from(allowed.flat(), Number)),
        ),
      queryPosition: maybe(["queries", "keys", "channels"], layer.queryPosition),
      keyPosition: maybe(["queries", "keys", "channels"], layer.keyPosition),
      valuePosition: maybe(["queries", "keys", "valueChannels"], layer.valuePosition),
      initialValue: maybe(["queries", "valueChannels"], layer.initialValue),
      labelledPosition: maybe(["keys", "valueChannels"], layer.labelledPosition),
      labels: {
        token: constant(tensor({ labels: kept.length }, Int32Array.from(kept))),
        value: written(
          ["labels", "valueChannels"],
          kept.map((token) => labels[token].value),
        ),
        weight: written(
          ["labels"],
          kept.map((token) => labels[token].weight),
        ),
      },
    },
    {
      ...RELEASED_LAYER,
      prior: prior === "magnitude" ? "magnitude" : "uniform",
      keySteps: layer.keySteps,
      valueSteps: layer.valueSteps,
      keyPriorPrecision: maybe(["keys", "channels"], layer.keyPrior),
      valuePriorPrecision: maybe(["keys", "valueChannels"], layer.valuePrior),
    },
  ];
}
