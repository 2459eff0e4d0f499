import { expect, test } from "vitest";
import {
  close,
  computed,
  ints,
  normalTensor,
  numbers,
  numbersOf,
} from "../../test/support/namedTensors.ts";
import { begun, layerGradientError, randomImage } from "../../test/support/runLayer.ts";
import { axialAttention } from "../attention/axialAttention.ts";
import { gridPositions } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { contract } from "../graph/operations/contract.ts";
import { expand } from "../graph/operations/expand.ts";
import { rename } from "../graph/operations/rename.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { axesOf, type Sizes } from "../tensor/hostTensor.ts";
import { axialLayer, axialLayerParameters } from "./axialLayer.ts";
import { gridAttention } from "./gridAttention.ts";
import { gridSelfAttention, gridSelfAttentionParameters } from "./gridSelfAttention.ts";
import { positionsOf } from "./positionTables.ts";
import {
  type ProbabilisticAttentionSize,
  probabilisticAttention,
  probabilisticAttentionParameters,
} from "./probabilisticAttention.ts";

const random = (sizes: Sizes, seed: number): Node =>
  constant(normalTensor(axesOf("x", sizes), seed));
const GRID = { height: 2, width: 3 };

test("grid attention is attention whose logits know the offset of every pair", () => {
  const query = random({ heads: 2, queries: 6, channels: 4 }, 1);
  const key = random({ heads: 2, keys: 6, channels: 4 }, 2);
  const value = random({ heads: 2, keys: 6, valueChannels: 3 }, 3);
  const heightTable = random({ offsets: 3, channels: 4 }, 4);
  const widthTable = random({ offsets: 5, channels: 4 }, 5);
  const pairs = gridPositions(heightTable, widthTable, GRID);
  // √channels is 2.
  const logits = contract(contract(query, numbers({}, [0.5])), add(key, pairs), "channels");
  const expected = contract(softmax(logits, "keys"), value, "keys");
  const { value: attended } = gridAttention({ query, key, value, heightTable, widthTable }, GRID);
  expect(attended.axes).toEqual(expected.axes);
  expect(close(numbersOf(attended), numbersOf(expected), 1e-12)).toBe(true);
});

test("tables for another grid are refused", () => {
  const own = begun(gridSelfAttentionParameters({ channels: 4, heads: 2, height: 2, width: 3 }));
  const x = randomImage({ channels: 4, height: 3, width: 3 });
  expect(() => gridSelfAttention(x, own)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linePositions: expected table to have 5 offsets (queries + keys − 1), got 3.]`,
  );
});

test("a full table that is a sum of two says what the two say", () => {
  const heightTable = random({ offsets: 3, channels: 4 }, 1);
  const widthTable = random({ offsets: 5, channels: 4 }, 2);
  const table = add(
    rename(heightTable, { offsets: "rowOffsets" }),
    rename(widthTable, { offsets: "columnOffsets" }),
  );
  const full = positionsOf({ table }, GRID);
  const factored = positionsOf({ heightTable, widthTable }, GRID);
  expect(full.axes).toEqual(factored.axes);
  expect(numbersOf(full)).toEqual(numbersOf(factored));
});

const SIZE: ProbabilisticAttentionSize = { ...GRID, features: 4, heads: 2, channels: 3 };
const x = randomImage({ images: 2, features: 4, ...GRID });

test("the layer gives back images of its features", () => {
  for (const positions of ["none", "full", "factored"] as const) {
    const own = begun(probabilisticAttentionParameters({ ...SIZE, valueChannels: 2, positions }));
    expect(probabilisticAttention(x, own).axes).toEqual(x.axes);
  }
});

test("without positions, where pixels stand does not matter", () => {
  const own = begun(probabilisticAttentionParameters(SIZE));
  // The same features turned by half: so is the answer.
  const turned = (node: Node): number[] => numbersOf(node).toReversed();
  const symmetric = numbers(
    { features: 4, ...GRID },
    new Array(24).fill(0).map((_, i) => i % 6),
  );
  const reversed = numbers(
    { features: 4, ...GRID },
    new Array(24).fill(0).map((_, i) => 5 - (i % 6)),
  );
  const planes = (data: readonly number[]): number[] =>
    [3, 2, 1, 0].flatMap((plane) => data.slice(plane * 6, plane * 6 + 6));
  const answer = numbersOf(probabilisticAttention(symmetric, own));
  expect(close(planes(turned(probabilisticAttention(reversed, own))), answer, 1e-12)).toBe(true);
});

test("a precision that is learnt begins where it was told to", () => {
  const fixed = begun(probabilisticAttentionParameters(SIZE));
  const own = begun(
    probabilisticAttentionParameters({ ...SIZE, learnt: { keyPrecision: 2, valuePrecision: 0.5 } }),
  );
  const same = { ...own, precisions: {} };
  const options = { keyPrecision: 2, valuePrecision: 0.5, inferenceSteps: 2 };
  const byLearnt = numbersOf(probabilisticAttention(x, own, { inferenceSteps: 2 }));
  const byFixed = numbersOf(probabilisticAttention(x, same, options));
  // The raw number is kept in single precision.
  expect(close(byLearnt, byFixed, 1e-6)).toBe(true);
  expect(Object.keys(fixed.precisions)).toEqual([]);
  expect(() =>
    probabilisticAttentionParameters({ ...SIZE, learnt: { keyPrecision: 0 } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: probabilisticAttention: expected a learnt keyPrecision to begin above 0, got 0.]`,
  );
});

test("a label spreads: the answer changes when a value is known, the more the surer it is", () => {
  const own = begun(probabilisticAttentionParameters(SIZE));
  const labelled = (weight: number): number[] => {
    const labels = {
      token: ints({ labels: 1 }, [0]),
      weight: numbers({ labels: 1 }, [weight]),
      value: expand(numbers({ labels: 1 }, [5]), { valueChannels: 3 }),
    };
    const options = { labels, valuePrecision: 0.1, valuePriorPrecision: 1 };
    return numbersOf(probabilisticAttention(x, own, options));
  };
  const unsure = labelled(0);
  const change = (answer: readonly number[]): number =>
    Math.hypot(...answer.map((value, i) => value - unsure[i]));
  expect(change(labelled(0.5))).toBeGreaterThan(0);
  expect(change(labelled(1))).toBeGreaterThan(change(labelled(0.5)));
});

test("gradients reach everything that is learnt, through adaptation and inference", () => {
  const wanted = probabilisticAttentionParameters({
    ...SIZE,
    positions: "factored",
    learnt: { keyPrecision: 0.5, valuePrecision: 0.3, keyPriorPrecision: 2 },
  });
  const error = layerGradientError(wanted, (own) =>
    probabilisticAttention(x, own, { keySteps: 1, inferenceSteps: 1 }),
  );
  expect(error).toBeLessThan(1e-6);
});

test("the axial layer is axial attention, with precisions that may be learnt", () => {
  const size = { ...SIZE, valueChannels: 2 };
  const own = begun(axialLayerParameters({ ...size, learnt: { keyPrecision: 0.7 } }));
  const fixed = begun(axialLayerParameters(size));
  const byLearnt = axialLayer(x, own);
  const sides = { height: fixed.height, width: fixed.width };
  const byFixed = axialAttention(x, sides, { keyPrecision: 0.7 }).out;
  expect(byLearnt.axes).toEqual(axesOf("y", { images: 2, features: 4, ...GRID }));
  // The raw number is kept in single precision.
  expect(close(numbersOf(byLearnt), numbersOf(byFixed), 1e-6)).toBe(true);
});

test("images of one pixel attend to themselves", () => {
  const one = { ...SIZE, height: 1, width: 1 };
  const own = begun(probabilisticAttentionParameters(one));
  const pixel = randomImage({ features: 4, height: 1, width: 1 });
  const value = contract(own.value, pixel, "features");
  const expected = contract(own.out, value, "heads", "valueChannels");
  expect(close(numbersOf(probabilisticAttention(pixel, own)), computed(expected).data, 1e-12)).toBe(
    true,
  );
});
