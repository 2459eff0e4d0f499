import fc from "fast-check";
import { expect, test } from "vitest";
import { gradientError } from "../../test/support/finiteDifferences.ts";
import { close, normalTensor, numbers, numbersOf } from "../../test/support/namedTensors.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { mean } from "../graph/operations/mean.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { square } from "../graph/operations/square.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { axesOf, type Sizes } from "../tensor/hostTensor.ts";
import { type BatchNormParameters, batchNorm, normedConvolution } from "./batchNorm.ts";
import { convolution } from "./convolution.ts";
import { groupNorm } from "./groupNorm.ts";
import { layerNorm } from "./layerNorm.ts";
import { training } from "./mode.ts";

const random = (sizes: Sizes, seed: number): Node =>
  constant(normalTensor(axesOf("x", sizes), seed));
const filled = (sizes: Sizes, value: number): Node =>
  multiply(constant(value), add(multiply(random(sizes, 1), 0), 1));

const plain = (axis: string, size: number): { weight: Node; bias: Node } => ({
  weight: filled({ [axis]: size }, 1),
  bias: filled({ [axis]: size }, 0),
});

/** Some running statistics, the variance positive. */
const norm = (channels: number, seed = 1): BatchNormParameters<Node> => ({
  weight: random({ channels }, seed),
  bias: random({ channels }, seed + 1),
  runningMean: random({ channels }, seed + 2),
  runningVariance: add(square(random({ channels }, seed + 3)), 0.1),
});

function isStandard(x: Node, over: readonly string[], tolerance: number): boolean {
  const average = mean(x, ...over);
  const variance = mean(square(subtract(x, average)), ...over);
  const means = numbersOf(average);
  const variances = numbersOf(variance);
  return (
    close(
      means,
      means.map(() => 0),
      1e-12,
    ) &&
    close(
      variances,
      variances.map(() => 1),
      tolerance,
    )
  );
}

// What ε leaves of a variance: of few numbers that may be as small as 10⁻⁵ by luck.
const EPSILON = 1e-12;
const TOLERANCE = 1e-7;

test("what is normed has mean 0 and variance 1", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 3 }), (seed, members) => {
      const sizes = { images: 2, channels: 2 * members, height: 3, width: 4 };
      const x = add(multiply(random(sizes, seed), 3), 5);
      const options = { epsilon: EPSILON };
      const { runningMean, runningVariance } = norm(2 * members);
      const parameters = { ...plain("channels", 2 * members), runningMean, runningVariance };
      const byBatch = batchNorm(x, parameters, training(), options);
      expect(isStandard(byBatch, ["images", "height", "width"], TOLERANCE)).toBe(true);
      const one = groupNorm(x, plain("channels", 2 * members), { groups: 1, ...options });
      expect(isStandard(one, ["channels", "height", "width"], TOLERANCE)).toBe(true);
      const each = groupNorm(x, plain("channels", 2 * members), {
        groups: 2 * members,
        ...options,
      });
      expect(isStandard(each, ["height", "width"], TOLERANCE)).toBe(true);
      const tokens = add(random({ tokens: 5, features: 6 }, seed), 5);
      const byToken = layerNorm(tokens, plain("features", 6), options);
      expect(isStandard(byToken, ["features"], TOLERANCE)).toBe(true);
    }),
  );
});

test("running statistics move towards those of the batch; the variance is that of a sample", () => {
  const x = numbers({ images: 2, channels: 1 }, [1, 3]);
  const parameters = {
    ...plain("channels", 1),
    runningMean: filled({ channels: 1 }, 10),
    runningVariance: filled({ channels: 1 }, 20),
  };
  const step = training();
  batchNorm(x, parameters, step, { momentum: 0.25 });
  const after = (running: Node): number[] => numbersOf(step.updates.get(running) ?? running);
  // Mean 2 and variance ((1 − 2)² + (3 − 2)²) / (2 − 1) = 2, a quarter of the way from before.
  expect(after(parameters.runningMean)).toEqual([8]);
  expect(after(parameters.runningVariance)).toEqual([15.5]);
});

test("in inference every channel is scaled and shifted by its running statistics", () => {
  const parameters = {
    weight: numbers({ channels: 2 }, [2, 1]),
    bias: numbers({ channels: 2 }, [0, 7]),
    runningMean: numbers({ channels: 2 }, [1, 0]),
    runningVariance: numbers({ channels: 2 }, [4, 1]),
  };
  const x = numbers({ images: 1, channels: 2 }, [5, 3]);
  expect(numbersOf(batchNorm(x, parameters, "inference", { epsilon: 0 }))).toEqual([4, 10]);
});

test("folding a batch norm into the convolution before it changes nothing", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(1, 2), (seed, groups) => {
      const weight = random(
        { filters: 4, channels: 6 / groups, kernelHeight: 3, kernelWidth: 3 },
        seed,
      );
      const x = random({ images: 2, channels: 6, height: 5, width: 4 }, seed + 1);
      const options = { stride: 2, padding: 1, groups };
      const parameters = { convolution: { weight }, norm: norm(4, seed) };
      const folded = normedConvolution(x, parameters, options, "inference");
      const apart = batchNorm(convolution(x, { weight }, options), parameters.norm, "inference");
      expect(close(numbersOf(folded), numbersOf(apart), 1e-12)).toBe(true);
    }),
  );
});

test("gradients of norms are what differences say", () => {
  const inputs = {
    x: normalTensor(axesOf("x", { images: 2, channels: 4, height: 3, width: 2 }), 1),
    weight: normalTensor(axesOf("w", { channels: 4 }), 2),
    bias: normalTensor(axesOf("b", { channels: 4 }), 3),
  };
  const { runningMean, runningVariance } = norm(4);
  for (const mode of ["inference", training()] as const) {
    const build = ({ x, weight, bias }: Record<string, Node>): Node =>
      batchNorm(x, { weight, bias, runningMean, runningVariance }, mode);
    expect(gradientError(build, inputs)).toBeLessThan(1e-7);
  }
  const grouped = ({ x, weight, bias }: Record<string, Node>): Node =>
    groupNorm(x, { weight, bias }, { groups: 2 });
  expect(gradientError(grouped, inputs)).toBeLessThan(1e-7);
});

test("what cannot be normed is refused", () => {
  const one = numbers({ images: 1, channels: 2 }, [1, 2]);
  expect(() => batchNorm(one, norm(2), training())).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: batchNorm: expected at least 2 entries per channel in training, got 1. Use a larger batch or image, or groupNorm().]`,
  );
  const x = random({ channels: 4, height: 2, width: 2 }, 1);
  expect(() =>
    groupNorm(x, plain("channels", 4), { groups: 3 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: groupNorm: expected groups that divide 4 channels, got 3.]`,
  );
  expect(() =>
    groupNorm(x, plain("channels", 3), { groups: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: groupNorm: axis "channels" is 4 in x but 3 in weight.]`,
  );
  expect(() => layerNorm(x, plain("features", 4))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: layerNorm: x has no axis "features", only [channels 4, height 2, width 2].]`,
  );
});
