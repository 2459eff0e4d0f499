import fc from "fast-check";
import { expect, test } from "vitest";
import { farthest, numbersOf } from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { slice } from "../graph/operations/slice.ts";
import { type Sizes, tensor } from "../tensor/hostTensor.ts";
import { normalNumbers, randomNumbers } from "../tensor/random.ts";
import { type AxialWeights, axialAttention } from "./axialAttention.ts";

const ORDER = ["features", "height", "width"];
const SIZE = { features: 3, height: 4, width: 5, heads: 2, channels: 3, valueChannels: 2 };

interface DrawnAxial {
  readonly x: Node;
  readonly weights: { readonly height: AxialWeights; readonly width: AxialWeights };
  node(sizes: Sizes): Node;
}

function drawAxial(seed: number): DrawnAxial {
  const normal = normalNumbers(randomNumbers(seed));
  const node = (sizes: Sizes): Node => {
    const count = Object.values(sizes).reduce((all, size) => all * size, 1);
    return constant(tensor(sizes, Float64Array.from({ length: count }, normal)));
  };
  const { features, height, width, heads, channels, valueChannels } = SIZE;
  const side = (from: number, length: number): AxialWeights => ({
    projection: node({ heads, parts: 2 * channels + valueChannels, features: from }),
    queryTable: node({ channels, offsets: 2 * length - 1 }),
    keyTable: node({ channels, offsets: 2 * length - 1 }),
    valueTable: node({ valueChannels, offsets: 2 * length - 1 }),
  });
  return {
    x: node({ features, height, width }),
    weights: { height: side(features, height), width: side(heads * valueChannels, width) },
    node,
  };
}

const seeds = fc.integer();

test("down the columns is what plain loops say: softmax of α (q·k + q·r + k·r') over μ + s", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { x, weights } = drawAxial(seed);
      const { afterHeight } = axialAttention(x, weights);
      const ours = numbersOf(reorder(afterHeight, ORDER));
      expect(farthest(ours, plainDown(x, weights.height))).toBeLessThan(1e-12);
    }),
    { numRuns: 30 },
  );
});

function plainDown(
  x: Node,
  { projection, queryTable, keyTable, valueTable }: AxialWeights,
): number[] {
  const { features, height, width, heads, channels, valueChannels } = SIZE;
  const [image, weights, r, r2, s] = [x, projection, queryTable, keyTable, valueTable].map((node) =>
    numbersOf(node),
  );
  const parts = 2 * channels + valueChannels;
  const offsets = 2 * height - 1;
  const part = (head: number, index: number, y: number, column: number): number => {
    let sum = 0;
    for (let f = 0; f < features; f++) {
      sum +=
        weights[(head * parts + index) * features + f] * image[(f * height + y) * width + column];
    }
    return sum;
  };
  const answer = (head: number, channel: number, y: number, column: number): number => {
    let total = 0;
    let sum = 0;
    for (let j = 0; j < height; j++) {
      const offset = j - y + height - 1;
      let logit = 0;
      for (let c = 0; c < channels; c++) {
        const q = part(head, c, y, column);
        const k = part(head, channels + c, j, column);
        logit += q * k + q * r[c * offsets + offset] + k * r2[c * offsets + offset];
      }
      const share = Math.exp(logit / Math.sqrt(channels));
      total += share;
      sum +=
        share * (part(head, 2 * channels + channel, j, column) + s[channel * offsets + offset]);
    }
    return sum / total;
  };
  return Array.from({ length: heads * valueChannels * height * width }, (_, at) => {
    const [feature, place] = [Math.floor(at / (height * width)), at % (height * width)];
    const [head, channel] = [Math.floor(feature / valueChannels), feature % valueChannels];
    return answer(head, channel, Math.floor(place / width), place % width);
  });
}

test("what happens in one column stays in it, until the rows attend", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { x, weights } = drawAxial(seed);
      const here = Float64Array.from({ length: SIZE.width }, (_, column) => (column === 2 ? 1 : 0));
      const elsewhere = add(x, multiply(constant(tensor({ width: SIZE.width }, here)), 0.5));
      const before = axialAttention(x, weights);
      const after = axialAttention(elsewhere, weights);
      const left = (node: Node): number[] => numbersOf(slice(reorder(node, ORDER), "width", 0, 2));
      expect(left(after.afterHeight)).toEqual(left(before.afterHeight));
      expect(farthest(left(after.out), left(before.out))).toBeGreaterThan(1e-6);
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("an image of another batch entry changes nothing, and keys may adapt along a line", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { weights, node } = drawAxial(seed);
      const { features, height, width } = SIZE;
      const x = node({ batch: 2, features, height, width });
      const options = { keySteps: 1, keyPriorPrecision: 0.5 };
      const both = axialAttention(x, weights, options).out;
      const first = axialAttention(slice(x, "batch", 0, 1), weights, options).out;
      const order = ["batch", ...ORDER];
      const ofBoth = numbersOf(slice(reorder(both, order), "batch", 0, 1));
      expect(farthest(numbersOf(reorder(first, order)), ofBoth)).toBeLessThan(1e-12);
      const fixed = axialAttention(x, weights).out;
      expect(
        farthest(numbersOf(reorder(both, order)), numbersOf(reorder(fixed, order))),
      ).toBeGreaterThan(1e-6);
    }),
    { seed: 1, numRuns: 10 },
  );
});

test("a projection that does not fit its tables is refused", () => {
  const { x, weights, node } = drawAxial(1);
  const { heads, features } = SIZE;
  const narrow = { ...weights.height, projection: node({ heads, parts: 7, features }) };
  expect(() =>
    axialAttention(x, { ...weights, height: narrow }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: axialAttention: expected projection to have 2 · 3 + 2 parts for queries, keys and values as the tables have channels, got 7.]`,
  );
});
