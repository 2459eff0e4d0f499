/** Random mixtures for laws: drawn from a seed, so that a failure can be repeated. */

import fc from "fast-check";
import type { Labels } from "../../src/attention/labels.ts";
import { withMixingWeights } from "../../src/attention/logPrior.ts";
import type { Mixture } from "../../src/attention/mixture.ts";
import { graph } from "../../src/graph/graph.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { Node } from "../../src/graph/node.ts";
import { constant } from "../../src/graph/operations/constant.ts";
import { type HostTensor, type Sizes, tensor } from "../../src/tensor/hostTensor.ts";
import { normalNumbers, randomNumbers } from "../../src/tensor/random.ts";

export type Precision = "float64" | "float32";

/** What a node comes to. */
export function tensorOf(node: Node, precision: Precision = "float64"): HostTensor {
  return interpret(graph({ node }), {}, precision)["node"];
}

/** The numbers of a node, in the layout of its axes. */
export function numbersOf(node: Node, precision: Precision = "float64"): number[] {
  return Array.from(tensorOf(node, precision).data);
}

/** The numbers of several nodes of one graph. */
export function allNumbersOf(
  nodes: readonly Node[],
  precision: Precision = "float64",
): readonly number[][] {
  const outputs = Object.fromEntries(nodes.map((node, index) => [`${index}`, node]));
  const results = interpret(graph(outputs), {}, precision);
  return nodes.map((_, index) => Array.from(results[`${index}`].data));
}

/** The largest difference between two lists of numbers; NaN if any is. */
export function farthest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  return a.reduce((worst, value, index) => {
    const difference = value === b[index] ? 0 : Math.abs(value - b[index]);
    return Number.isNaN(difference) || difference > worst ? difference : worst;
  }, 0);
}

/** How far a trajectory falls at its worst step and entry; 0 where it never does. */
export function worstFall(steps: readonly Node[]): number {
  const numbers = allNumbersOf(steps);
  let worst = 0;
  for (let step = 1; step < numbers.length; step++) {
    for (const [entry, before] of numbers[step - 1].entries()) {
      const fall = before - numbers[step][entry];
      if (Number.isNaN(fall) || fall > worst) worst = fall;
    }
  }
  return worst;
}

/** What is left to chance about a mixture, and what is not. */
export interface Recipe {
  readonly seed: number;
  readonly precision: "shared" | "unit" | "diagonal";
  readonly prior: "uniform" | "explicit" | "magnitude";
  readonly sizes: Sizes;
}

const SIZES = { batch: 2, queries: 5, keys: 4, channels: 3, valueChannels: 2 };

/** Recipes of every kind of precision and prior. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  seed: fc.integer(),
  precision: fc.constantFrom("shared" as const, "unit" as const, "diagonal" as const),
  prior: fc.constantFrom("uniform" as const, "explicit" as const, "magnitude" as const),
  sizes: fc.constant(SIZES),
});

/** A mixture, and tokens that meet it. */
export interface Drawn {
  readonly mixture: Mixture;
  readonly query: Node;
  /** A value per token. */
  readonly value: Node;
  /** About half the tokens, one of them twice, with a padding entry. */
  readonly labels: Labels;
  /** Positive, as the precision of a prior on keys or values. */
  readonly keyPriorPrecision: Node;
  readonly valuePriorPrecision: Node;
  /** Normal draws. */
  position(channels: "channels" | "valueChannels"): Node;
}

export function draw({ seed, precision, prior, sizes }: Recipe): Drawn {
  const random = randomNumbers(seed);
  const normal = normalNumbers(random);
  const fill = (axes: readonly string[], next: () => number): Node => {
    const own: Sizes = Object.fromEntries(axes.map((axis) => [axis, sizes[axis]]));
    const count = Object.values(own).reduce((all, size) => all * size, 1);
    return constant(tensor(own, Float64Array.from({ length: count }, next)));
  };
  const positive = (): number => 0.3 + 1.5 * random();
  const precisionOf = (channels: string): Node =>
    fill(
      {
        shared: [],
        unit: ["batch", "keys"],
        diagonal: ["batch", "keys", channels],
      }[precision],
      positive,
    );
  const bare: Mixture = {
    key: fill(["batch", "keys", "channels"], normal),
    value: fill(["batch", "keys", "valueChannels"], () => 1.5 * normal()),
    keyPrecision: precisionOf("channels"),
    valuePrecision: precisionOf("valueChannels"),
    logPrior: prior === "magnitude" ? "magnitude" : undefined,
  };
  const mixture =
    prior === "explicit"
      ? withMixingWeights(bare, fill(["batch", "queries", "keys"], positive))
      : bare;
  const { batch, queries, valueChannels } = sizes;
  const labels = Math.ceil(queries / 2) + 2;
  const token = Int32Array.from({ length: batch * labels }, () => Math.floor(random() * queries));
  for (let sample = 0; sample < batch; sample++)
    token[sample * labels + 1] = token[sample * labels];
  const weight = Float64Array.from({ length: batch * labels }, (_, at) =>
    at % labels === labels - 1 ? 0 : positive(),
  );
  return {
    mixture,
    query: fill(["batch", "queries", "channels"], normal),
    value: fill(["batch", "queries", "valueChannels"], normal),
    labels: {
      token: constant(tensor({ batch, labels }, token)),
      weight: constant(tensor({ batch, labels }, weight)),
      value: constant(
        tensor(
          { batch, labels, valueChannels },
          Float64Array.from({ length: batch * labels * valueChannels }, normal),
        ),
      ),
    },
    keyPriorPrecision: fill(["batch", "keys", "channels"], positive),
    valuePriorPrecision: fill(["batch", "keys", "valueChannels"], positive),
    position: (channels) => fill(["queries", "keys", channels], normal),
  };
}

/** A small tensor written out, such as `[[0, 1], [2, 3]]` along `["queries", "channels"]`. */
export function written(axes: readonly string[], rows: unknown): Node {
  const sizes: Record<string, number> = {};
  let level: unknown = rows;
  for (const axis of axes) {
    sizes[axis] = (level as readonly unknown[]).length;
    level = (level as readonly unknown[])[0];
  }
  const flat = (
    axes.length === 0 ? [rows] : (rows as readonly unknown[]).flat(axes.length)
  ) as number[];
  return constant(tensor(sizes, flat));
}
