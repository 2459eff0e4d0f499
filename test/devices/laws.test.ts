/** What holds of the mixture whoever computes it: one body of tests over every device. */

import { afterAll, describe, expect, test } from "vitest";
import {
  adaptKeys,
  expectedValue,
  type Mixture,
  propagateValues,
  responsibilities,
} from "../../src/attention/index.ts";
import {
  constant,
  contract,
  exp,
  type Graph,
  gradient,
  graph,
  input,
  multiply,
  type Node,
  negate,
  reorder,
  softmax,
  sum,
  where,
} from "../../src/graph/index.ts";
import { type HostTensor, tensor } from "../../src/tensor/index.ts";
import { testDevices } from "../support/devices.ts";
import { normalTensor } from "../support/namedTensors.ts";

const SIZES = { heads: 2, queries: 9, keys: 7, channels: 4, valueChannels: 3 };

const query = input("query", { heads: 2, queries: 9, channels: 4 });
const key = input("key", { heads: 2, keys: 7, channels: 4 });
const value = input("value", { heads: 2, keys: 7, valueChannels: 3 });
const allowed = input("allowed", { queries: 9, keys: 7 }, "bool");
const precision = input("precision", { keys: 7 });

function drawn(node: Node, seed: number): HostTensor {
  const { axes, data } = normalTensor(node.axes, seed);
  return { axes, dtype: "float32", data: Float32Array.from(data) };
}

/** Two steps of either kind of EM with priors, and a sum that weighs every entry differently. */
function afterEm(): { readonly learned: Readonly<Record<string, Node>>; readonly loss: Node } {
  const learned = {
    query,
    key,
    value,
    logAlpha: input("logAlpha", { keys: 7 }),
    logBeta: input("logBeta", { keys: 7 }),
    logPrior: input("logPrior", { heads: 2, keys: 7 }),
    logTheta: input("logTheta", { keys: 7 }),
  };
  const precise = (logarithm: Node): Node => exp(multiply(logarithm, 0.3));
  const priorPrecision = exp(learned.logTheta);
  const first: Mixture = {
    key,
    value,
    keyPrecision: precise(learned.logAlpha),
    valuePrecision: precise(learned.logBeta),
    logPrior: learned.logPrior,
  };
  const seen = adaptKeys(first, query, { steps: 2, priorPrecision }).mixture;
  const labels = {
    token: constant(tensor({ labels: 3 }, [4, 0, 7], "int32")),
    value: constant(tensor({ labels: 3, valueChannels: 3 }, [2, 0, 0, 0, 1, 0, 0, 0, 3])),
  };
  const told = propagateValues(seen, query, labels, { steps: 2, priorPrecision }).mixture;
  const out = expectedValue(told, query);
  const weights = constant(normalTensor(out.axes, 5));
  return { learned, loss: sum(multiply(out, weights), "heads", "queries", "valueChannels") };
}

/** One token may look at no unit; every other may look at some. */
const MASK = Uint8Array.from({ length: 63 }, (_, i) => Number(i >= 7 && i % 3 !== 0));

const given: Readonly<Record<string, HostTensor>> = {
  query: drawn(query, 1),
  key: drawn(key, 2),
  value: drawn(value, 3),
  allowed: tensor({ queries: 9, keys: 7 }, MASK, "bool"),
  precision: tensor({ keys: 7 }, [0.2, 0.5, 1, 2, 3, 4, 5]),
};

const mixture: Mixture = { key, value, keyPrecision: precision, valuePrecision: 1 };

describe.each(testDevices.filter(({ isHere }) => isHere))("on $name", async (device) => {
  const { run, dispose } = await device.open();
  afterAll(() => dispose());
  /** Of sums of some ten terms around 1. */
  const tolerance = device.precision === "float64" ? 1e-12 : 1e-5;

  const computed = async (built: Graph): Promise<Readonly<Record<string, Float32Array>>> => {
    const inputs = Object.fromEntries(Object.keys(built.inputs).map((name) => [name, given[name]]));
    const results = await run(built, inputs);
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, Float32Array.from(data)]),
    );
  };
  const farthest = (a: Float32Array, b: Float32Array): number =>
    a.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i])), Math.abs(a.length - b.length));

  test("with precision 1/√C and a prior for long keys, it is dot-product attention", async () => {
    const scale = 1 / Math.sqrt(SIZES.channels);
    // π ∝ e^(α‖ξ‖²/2) takes back what the squared distance has more than the dot product.
    const logPrior = multiply(sum(multiply(key, key), "channels"), scale / 2);
    const dotProduct: Mixture = { ...mixture, keyPrecision: scale, logPrior };
    const weights = softmax(multiply(contract(query, key, "channels"), scale), "keys");
    const order = ["heads", "queries", "valueChannels"];
    const { ours, theirs } = await computed(
      graph({
        ours: reorder(expectedValue(dotProduct, query), order),
        theirs: reorder(contract(weights, value, "keys"), order),
      }),
    );
    expect(farthest(ours, theirs)).toBeLessThan(tolerance);
  });

  test("responsibilities sum to 1 over the units, to 0 where none is allowed", async () => {
    const weights = responsibilities({ ...mixture, allowed }, query);
    const { totals } = await computed(
      graph({ totals: reorder(sum(weights, "keys"), ["heads", "queries"]) }),
    );
    const expected = totals.map((_, i) => (i % SIZES.queries === 0 ? 0 : 1));
    expect(farthest(totals, expected)).toBeLessThan(tolerance);
  });

  test("no step of key adaptation lowers the log-likelihood of the queries", async () => {
    const { logLikelihood } = adaptKeys(mixture, query, { steps: 6 });
    const steps = Object.fromEntries(logLikelihood.map((node, i) => [`${i}`, node]));
    const results = await computed(graph(steps));
    for (let step = 1; step < logLikelihood.length; step++) {
      results[step].forEach((now, entry) => {
        const before = results[step - 1][entry];
        expect(before - now).toBeLessThan(tolerance * Math.max(1, Math.abs(before)));
      });
    }
    const [first, last] = [results["0"][0], results[logLikelihood.length - 1][0]];
    expect(last).toBeGreaterThan(first + 0.1);
  });

  test("the gradient of what EM leads to is how much that changes: by q, ξ, μ, α, β, π and θ", async () => {
    const { learned, loss } = afterEm();
    const slopes = gradient(loss, learned);
    const start = Object.fromEntries(
      Object.entries(learned).map(([name, node], i) => [name, drawn(node, 11 + i)]),
    );
    const built = graph({ loss, ...slopes });
    const atStart = await run(built, start);
    const lossAt = async (inputs: typeof start) =>
      (await run(graph({ loss }), inputs))["loss"].data[0];
    for (const name of Object.keys(learned)) {
      // Along its gradient a loss rises by the gradient's length.
      const slope = Float64Array.from(atStart[name].data);
      const length = Math.hypot(...slope);
      const moved = (by: number): typeof start => {
        const { axes, data } = start[name];
        const values = Float64Array.from(data, (x, i) => x + (by * slope[i]) / length);
        return { ...start, [name]: { axes, dtype: "float64", data: values } };
      };
      const half = device.precision === "float64" ? 1e-4 : 1e-2;
      const rise = ((await lossAt(moved(half))) - (await lossAt(moved(-half)))) / (2 * half);
      expect(length, name).toBeGreaterThan(0.01);
      // Central differences: curvature of half², and in single precision seven digits over half.
      expect(Math.abs(rise - length) / length, name).toBeLessThan(100 * half * half);
    }
  });

  test("a masked unit is as good as one that is not there", async () => {
    const far = where(allowed, contract(query, key, "channels"), negate(Infinity));
    const masked = softmax(contract(query, key, "channels"), "keys", allowed);
    const order = ["heads", "queries", "keys"];
    const { a, b } = await computed(
      graph({ a: reorder(softmax(far, "keys"), order), b: reorder(masked, order) }),
    );
    expect(farthest(a, b)).toBeLessThan(tolerance);
    expect(b.some(Number.isNaN)).toBe(false);
  });
});
