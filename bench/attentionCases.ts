/** What bench/attention.ts runs: the released layer's computations on drawn numbers, as graphs of ours. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AttentionInputs, attend, RELEASED_LAYER } from "../src/attention/index.ts";
import { type Graph, gradient, graph, input, type Node, sum } from "../src/graph/index.ts";
import { type HostTensor, normalNumbers, randomNumbers, tensor } from "../src/tensor/index.ts";

export const HEADS = 8;
export const CHANNELS = 64;

export interface Case {
  readonly name: string;
  readonly keySteps: number;
  readonly keyPrior: number | null;
  readonly valueSteps: number;
  /** How many tokens are labelled. */
  readonly labels: "none" | "16 clicks" | "every eighth";
  readonly backward: boolean;
}

const PLAIN: Case = {
  name: "plain",
  keySteps: 0,
  keyPrior: null,
  valueSteps: 0,
  labels: "none",
  backward: false,
};
const KEYS: Case = { ...PLAIN, name: "3 key steps", keySteps: 3 };
const VALUES: Case = {
  ...PLAIN,
  name: "3 value steps, 16 clicks",
  valueSteps: 3,
  labels: "16 clicks",
};

export const CASES: readonly Case[] = [
  PLAIN,
  KEYS,
  { ...KEYS, name: "3 key steps, prior", keyPrior: 10 },
  VALUES,
  { ...VALUES, name: "3 value steps, every eighth", labels: "every eighth" },
];

/** Forward and backward. */
export const GRADIENT_CASES: readonly Case[] = CASES.map((one) => ({
  ...one,
  name: `${one.name}, gradients`,
  backward: true,
}));

/** 1/√C: with the magnitude prior, dot-product attention. */
export const ALPHA = 1 / Math.sqrt(CHANNELS);

export function betaOf({ valueSteps }: Case): number {
  return valueSteps === 0 ? 0 : 0.05;
}

export interface Drawn {
  readonly inputs: Readonly<Record<string, HostTensor>>;
  /** Write the same numbers where the peer finds them, channels before tokens. */
  readonly writeTo: (folder: string) => void;
}

/** Unit-variance numbers, the same for every run. */
export function drawn(tokens: number, { labels }: Case): Drawn {
  const normal = normalNumbers(randomNumbers(1));
  const draw = (): Float32Array =>
    Float32Array.from({ length: HEADS * tokens * CHANNELS }, () => normal());
  const [query, key, value] = [draw(), draw(), draw()];
  const step = { none: tokens, "16 clicks": tokens / 16, "every eighth": 8 }[labels];
  const token = Int32Array.from({ length: tokens / step }, (_, i) => i * step);
  const said = Float32Array.from({ length: HEADS * token.length * CHANNELS }, () => normal());
  const sizes = (names: string): Record<string, number> => ({
    heads: HEADS,
    [names]: tokens,
    [names === "keys" ? "channels" : "channels"]: CHANNELS,
  });
  return {
    inputs: {
      query: tensor(sizes("queries"), query),
      key: tensor(sizes("keys"), key),
      value: tensor({ heads: HEADS, keys: tokens, valueChannels: CHANNELS }, value),
      token: tensor({ labels: token.length }, token),
      said: tensor({ heads: HEADS, labels: token.length, valueChannels: CHANNELS }, said),
    },
    writeTo: (folder) => {
      const all = new Float32Array(HEADS * tokens * CHANNELS);
      const labelled = new Float32Array(HEADS * tokens);
      for (let head = 0; head < HEADS; head++) {
        token.forEach((at, i) => {
          const from = (head * token.length + i) * CHANNELS;
          all.set(said.subarray(from, from + CHANNELS), (head * tokens + at) * CHANNELS);
          labelled[head * tokens + at] = 1;
        });
      }
      const files = { q: query, key, mu: value, labels: all };
      for (const [name, numbers] of Object.entries(files)) {
        writeFileSync(join(folder, name), channelsFirst(numbers, tokens));
      }
      writeFileSync(join(folder, "labelled"), labelled);
    },
  };
}

/** `[heads, tokens, channels]` as `[heads, channels, tokens]`. */
export function channelsFirst(numbers: Float32Array, tokens: number): Float32Array {
  const out = new Float32Array(numbers.length);
  for (let head = 0; head < HEADS; head++) {
    const from = head * tokens * CHANNELS;
    for (let i = 0; i < tokens; i++) {
      for (let c = 0; c < CHANNELS; c++) {
        out[from + c * tokens + i] = numbers[from + i * CHANNELS + c];
      }
    }
  }
  return out;
}

/** The computation: output `value`, and with gradients those of its sum. */
export function graphOf(tokens: number, one: Case, inputs: Drawn["inputs"]): Graph {
  const heads = HEADS;
  const query = input("query", { heads, queries: tokens, channels: CHANNELS });
  const key = input("key", { heads, keys: tokens, channels: CHANNELS });
  const value = input("value", { heads, keys: tokens, valueChannels: CHANNELS });
  const labels = inputs["token"].data.length;
  const given: AttentionInputs = {
    query,
    key,
    value,
    keyPrecision: ALPHA,
    valuePrecision: betaOf(one),
    ...(one.labels === "none"
      ? {}
      : {
          labels: {
            token: input("token", { labels }, "int"),
            value: input("said", { heads, labels, valueChannels: CHANNELS }),
          },
        }),
  };
  const out = attend(given, {
    ...RELEASED_LAYER,
    prior: "magnitude",
    keySteps: one.keySteps,
    ...(one.keyPrior === null ? {} : { keyPriorPrecision: one.keyPrior }),
    valueSteps: one.valueSteps,
  }).value;
  if (!one.backward) return graph({ out });
  const loss = sum(out, ...out.axes.map(({ name }: Node["axes"][number]) => name));
  return graph({ out, ...gradient(loss, { query, key, value }) });
}
