import { expect, test } from "vitest";
import { movedNumbers } from "../../../test/support/movedNumbers.ts";
import { flopsOf } from "../../graph/flops.ts";
import { gradient } from "../../graph/gradient.ts";
import { type Graph, graph } from "../../graph/graph.ts";
import { interpret } from "../../graph/interpreter.ts";
import type { Node } from "../../graph/node.ts";
import { constant } from "../../graph/operations/constant.ts";
import { input } from "../../graph/operations/input.ts";
import { mean } from "../../graph/operations/mean.ts";
import { square } from "../../graph/operations/square.ts";
import { training } from "../../nn/mode.ts";
import { initialise, nodesByPath, parameterNodes, parametersByPath } from "../../nn/parameters.ts";
import { axesOf, type HostTensor, sizeOf, tensor } from "../../tensor/hostTensor.ts";
import { randomNumbers } from "../../tensor/random.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { CONFIGURATIONS, type NetworkConfiguration } from "./configuration.ts";
import { network } from "./network.ts";

const { tiny, small, botnet50 } = CONFIGURATIONS;

interface Said {
  readonly x: number;
  readonly y: number;
  readonly says: 0 | 1;
  readonly weight: 0 | 1;
}

const CLICKS: readonly Said[] = [
  { x: 20.5, y: 30.5, says: 1, weight: 1 },
  { x: 50.5, y: 11.5, says: 0, weight: 1 },
  { x: 33.5, y: 33.5, says: 1, weight: 1 },
  { x: 7, y: 60, says: 1, weight: 0 },
];

const SIZE = { height: 64, width: 96 };

function clickNodes(clicks: readonly Said[]): ClickInputs {
  const list = (of: (click: Said) => number): Node =>
    constant(tensor({ batch: 1, clicks: clicks.length }, clicks.map(of), "float64"));
  return {
    row: list(({ y }) => y),
    column: list(({ x }) => x),
    says: list(({ says }) => says),
    weight: list(({ weight }) => weight),
  };
}

function image({ height, width }: typeof SIZE, seed = 3): HostTensor {
  const random = randomNumbers(seed);
  const data = Float32Array.from({ length: 3 * height * width }, random);
  return tensor({ batch: 1, channels: 3, height, width }, data);
}

function logitsOf(
  configuration: NetworkConfiguration,
  clicks: readonly Said[],
  { size = SIZE, start }: { readonly size?: typeof SIZE; readonly start?: Node } = {},
): HostTensor {
  const net = network(configuration);
  const numbers = movedNumbers(net.parameters);
  const weights = parameterNodes(net.parameters, (path) => constant(numbers[path]));
  const features = net.encode(weights, constant(image(size)), "inference");
  const logits = net.answer(weights, features, { ...clickNodes(clicks), start }, "inference");
  return interpret(graph({ logits }), {}, "float64")["logits"];
}

function largestDifference(a: HostTensor, b: HostTensor): number {
  return Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i])));
}

const early: NetworkConfiguration = {
  ...tiny,
  interaction: { ...tiny.interaction, entry: "early" },
};

test.each([
  ["late", tiny],
  ["early", early],
])("answers are functions of the set of clicks that enter %s", (_, configuration) => {
  const logits = logitsOf(configuration, CLICKS);
  expect(logits.axes).toEqual(axesOf("logits", { batch: 1, height: 16, width: 24 }));
  expect(logits.data.every(Number.isFinite)).toBe(true);
  const other = logitsOf(configuration, [...CLICKS.toReversed(), CLICKS[3], CLICKS[3]]);
  // Sums in another order round otherwise, in double precision.
  expect(largestDifference(logits, other)).toBeLessThan(1e-9);
  const fewer = logitsOf(configuration, CLICKS.slice(1));
  expect(largestDifference(logits, fewer)).toBeGreaterThan(1e-3);
});

test("late clicks do not touch what is seen in the image, early ones are seen with it", () => {
  const inputsOf = (configuration: NetworkConfiguration): readonly string[] => {
    const net = network(configuration);
    const weights = parameterNodes(net.parameters);
    const features = net.encode(
      weights,
      input("image", { batch: 1, channels: 3, ...SIZE }),
      "inference",
    );
    return Object.keys(features);
  };
  expect(inputsOf(tiny)).toEqual(["deep", "fine", "deepAlike", "fineAlike"]);
  expect(inputsOf(early)).toEqual(["image"]);
});

test("a mask to start from is heard, and is unknown where none is given", () => {
  const without = logitsOf(tiny, CLICKS);
  const plane = (value: number): Node =>
    constant(tensor({ batch: 1, height: 16, width: 24 }, new Float64Array(16 * 24).fill(value)));
  expect(largestDifference(logitsOf(tiny, CLICKS, { start: plane(0) }), without)).toBe(0);
  expect(largestDifference(logitsOf(tiny, CLICKS, { start: plane(1) }), without)).toBeGreaterThan(
    1e-3,
  );
});

test("attention begins as if it were not there", () => {
  const deepOf = (keySteps: number): HostTensor => {
    const net = network({ ...tiny, attention: { ...tiny.attention, keySteps } });
    const numbers = initialise(net.parameters, randomNumbers(4));
    const weights = parameterNodes(net.parameters, (path) => constant(numbers[path]));
    const { deep } = net.encode(weights, constant(image(SIZE)), "inference");
    return interpret(graph({ deep }), {}, "float64")["deep"];
  };
  expect(largestDifference(deepOf(0), deepOf(2))).toBe(0);
});

test("an image may have any sides that are multiples of the deepest stride, and no others", () => {
  const { axes } = logitsOf(tiny, CLICKS, { size: { height: 16, width: 400 } });
  expect(axes).toEqual(axesOf("logits", { batch: 1, height: 4, width: 100 }));
  expect(() =>
    logitsOf(tiny, CLICKS, { size: { height: 60, width: 96 } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: network "tiny": expected an image whose sides are multiples of 16, got 96×60. Resize it.]`,
  );
});

test.each([
  ["full positions", { ...tiny, attention: { ...tiny.attention, positions: "full" } }],
  ["no positions", { ...tiny, attention: { ...tiny.attention, positions: "none" } }],
  ["a uniform prior", { ...tiny, attention: { ...tiny.attention, prior: "uniform" } }],
  ["a linear classifier", { ...tiny, classifier: { kind: "linear" } }],
  ["no attention", { ...tiny, attention: { ...tiny.attention, blocks: 0 } }],
] as const)("a network with %s answers too", (_, configuration) => {
  expect(logitsOf(configuration, CLICKS).data.every(Number.isFinite)).toBe(true);
});

/** What is learnt gets a gradient, all of it finite, once nothing is silent. */
test("every parameter that is learnt has a say in the loss", () => {
  const net = network(tiny);
  const numbers = movedNumbers(net.parameters);
  const weights = parameterNodes(net.parameters);
  const features = net.encode(weights, constant(image(SIZE)), training());
  const logits = net.answer(weights, features, clickNodes(CLICKS), training());
  const loss = mean(square(logits), "batch", "height", "width");
  const learnt = Object.entries(parametersByPath(net.parameters))
    .filter(([, parameter]) => parameter.learnt)
    .map(([path]) => path);
  const byPath = nodesByPath(weights);
  const slopes = gradient(loss, Object.fromEntries(learnt.map((path) => [path, byPath[path]])));
  const results = interpret(graph(slopes), numbers, "float64");
  const silent = learnt.filter((path) => results[path].data.every((value) => value === 0));
  const broken = learnt.filter((path) => !results[path].data.every(Number.isFinite));
  expect({ silent, broken }).toEqual({ silent: [], broken: [] });
});

/** Bytes of weights, and operations of the two graphs, at the working size. */
function costsOf(configuration: NetworkConfiguration, clicks: number) {
  const { name, side } = configuration;
  const net = network(configuration);
  const all = Object.entries(parametersByPath(net.parameters));
  const bytes = all.reduce((total, [path, { axes }]) => total + 4 * sizeOf(axesOf(path, axes)), 0);
  const weights = parameterNodes(net.parameters);
  const size = { height: side, width: side };
  const features = net.encode(
    weights,
    input("image", { batch: 1, channels: 3, ...size }),
    "inference",
  );
  const kept = Object.entries(features).map(([feature, { axes }]) => [
    feature,
    input(feature, Object.fromEntries(axes.map(({ name: axis, size: own }) => [axis, own]))),
  ]);
  const list = (field: string): Node => input(field, { batch: 1, clicks });
  const told = {
    row: list("row"),
    column: list("column"),
    says: list("says"),
    weight: list("weight"),
  };
  const logits = net.answer(weights, Object.fromEntries(kept), told, "inference");
  const flops = (of: Graph): number => flopsOf(of);
  return { name, bytes, encode: flops(graph(features)), answer: flops(graph({ logits })) };
}

test("the default is at most 12 MB, and 2.5 GFLOP for an image of 384²; a click less than half of that", () => {
  const { bytes, encode, answer } = costsOf({ ...small, side: 384 }, 16);
  expect(bytes).toBeLessThanOrEqual(12e6);
  expect(encode).toBeLessThanOrEqual(2.5e9);
  expect(answer).toBeLessThanOrEqual(encode / 2);
});

test("the smallest is at most 3 MB", () => {
  expect(costsOf(tiny, 16).bytes).toBeLessThanOrEqual(3e6);
});

test("the paper's is a ResNet-50 whose last stage is attention at stride 16", () => {
  const { parameters, multiple } = network(botnet50);
  expect(Object.keys(parameters.backbone.blocks)).toHaveLength(3 + 4 + 6);
  expect(Object.keys(parameters.attention)).toHaveLength(3);
  expect(multiple).toBe(16);
});
