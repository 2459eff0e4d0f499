import { afterAll, describe, expect, test } from "vitest";
import { type AttentionOptions, attend, RELEASED_LAYER } from "../../src/attention/index.ts";
import { type Graph, gradient, graph, input, interpret, sum } from "../../src/graph/index.ts";
import { axesOf, type HostTensor, tensor } from "../../src/tensor/hostTensor.ts";
import { testDevices } from "../support/devices.ts";
import { normalTensor } from "../support/namedTensors.ts";

const SIZES = { heads: 2, queries: 7, keys: 6, channels: 4, valueChannels: 3 };

/** Queries, keys, values and two labels; the first key lies so far away in every channel. */
function drawn(away: number): Readonly<Record<string, HostTensor>> {
  const normal = (names: readonly (keyof typeof SIZES)[], seed: number): HostTensor => {
    const sizes = Object.fromEntries(names.map((name) => [name, SIZES[name]]));
    return normalTensor(axesOf("test", sizes), seed);
  };
  const key = normal(["heads", "keys", "channels"], 2);
  const first = (i: number): boolean => i % (SIZES.keys * SIZES.channels) < SIZES.channels;
  const moved = Float64Array.from(key.data, (each, i) => (first(i) ? each + away : each));
  return {
    query: normal(["heads", "queries", "channels"], 1),
    key: { ...key, data: moved },
    value: normal(["heads", "keys", "valueChannels"], 3),
    token: tensor({ labels: 2 }, [5, 1], "int32"),
    said: tensor({ labels: 2, valueChannels: 3 }, [1, 0, 0, 0, 2, 0]),
  };
}

/** The layer's answer, and the gradients of its sum. */
function layer(options: AttentionOptions, keyPrecision: number): Graph {
  const { heads, queries, keys, channels, valueChannels } = SIZES;
  const query = input("query", { heads, queries, channels });
  const key = input("key", { heads, keys, channels });
  const value = input("value", { heads, keys, valueChannels });
  const labels = {
    token: input("token", { labels: 2 }, "int"),
    value: input("said", { labels: 2, valueChannels }),
  };
  const given = { query, key, value, keyPrecision, valuePrecision: 0.5, labels };
  const out = attend(given, options).value;
  const loss = sum(out, "heads", "queries", "valueChannels");
  return graph({ out, ...gradient(loss, { query, key, value }) });
}

const LAYERS: Readonly<Record<string, AttentionOptions>> = {
  plain: { valueSteps: 0, inferenceSteps: 0 },
  "with adapted keys": { keySteps: 2, valueSteps: 0, inferenceSteps: 0 },
  "with adapted keys and a prior": { keySteps: 2, keyPriorPrecision: 0.5, inferenceSteps: 0 },
  "with propagated values": { valueSteps: 2, inferenceSteps: 2 },
  "as released, with everything": {
    ...RELEASED_LAYER,
    prior: "magnitude",
    keySteps: 2,
    valueSteps: 2,
    valuePriorPrecision: 0.3,
  },
};

describe.each(testDevices.filter(({ isHere, isSlow }) => isHere && isSlow !== true))(
  "on $name",
  async ({ open }) => {
    const device = await open();
    afterAll(() => device.dispose());

    test.each(Object.entries(LAYERS))(
      "the layer %s answers as in double precision",
      async (_, options) => {
        const built = layer(options, 0.5);
        const inputs = drawn(0);
        const exact = interpret(built, inputs, "float64");
        const results = await device.run(built, inputs);
        for (const [name, { data }] of Object.entries(exact)) {
          const scale = Math.max(1, ...Array.from(data, Math.abs));
          const off = Array.from(data, (each, i) => Math.abs(each - results[name].data[i]) / scale);
          // Single precision through two EM steps of each kind and back.
          expect(Math.max(...off), name).toBeLessThan(1e-4);
        }
      },
    );

    test.each(Object.entries(LAYERS))(
      "the layer %s stays finite in the far corners",
      async (_, options) => {
        // A key that nobody is near; logits of ten thousand.
        for (const [away, keyPrecision] of [
          [40, 1],
          [1, 2500],
        ]) {
          const results = await device.run(layer(options, keyPrecision), drawn(away));
          for (const [name, { data }] of Object.entries(results)) {
            expect(Array.from(data).every(Number.isFinite), name).toBe(true);
          }
        }
      },
    );
  },
);
