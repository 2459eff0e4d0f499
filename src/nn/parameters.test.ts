import { expect, test } from "vitest";
import { numbersOf } from "../../test/support/namedTensors.ts";
import { graph } from "../graph/graph.ts";
import { interpret } from "../graph/interpreter.ts";
import { constant } from "../graph/operations/constant.ts";
import { input } from "../graph/operations/input.ts";
import { axesOf, tensor } from "../tensor/hostTensor.ts";
import { randomNumbers } from "../tensor/random.ts";
import { BOTTLENECK_TORCH_NAMES, bottleneckParameters } from "./bottleneck.ts";
import { convolutionParameters } from "./convolution.ts";
import { dropout, dropoutMask } from "./dropout.ts";
import { fromTorch, torchName } from "./fromTorch.ts";
import { constantly, he, type Initialiser, normal, uniform, xavier } from "./initialisers.ts";
import { linear, linearParameters } from "./linear.ts";
import { initialise, nodesByPath, parameterNodes, parametersByPath } from "./parameters.ts";

test("a layer says what it needs, is given numbers, and runs", () => {
  const wanted = { head: linearParameters({ from: 2, to: 1 }) };
  expect(Object.keys(parametersByPath(wanted))).toEqual(["head.weight", "head.bias"]);
  const nodes = parameterNodes(wanted);
  expect(Object.keys(nodesByPath(nodes))).toEqual(["head.weight", "head.bias"]);
  const y = linear(input("x", { features: 2 }), nodes.head);
  const numbers = {
    x: tensor({ features: 2 }, [3, 4]),
    "head.weight": tensor({ outputs: 1, features: 2 }, [10, 1]),
    "head.bias": tensor({ features: 1 }, [100]),
  };
  expect(Array.from(interpret(graph({ y }), numbers, "float64")["y"].data)).toEqual([134]);
});

test("known numbers take the place of inputs", () => {
  const wanted = linearParameters({ from: 2, to: 1, bias: false });
  const known = initialise(wanted, randomNumbers(1));
  const nodes = parameterNodes(wanted, (path) => constant(known[path]));
  expect(graph({ weight: nodes.weight }).inputs).toEqual({});
});

test("the same seed gives the same numbers", () => {
  const wanted = bottleneckParameters({ channels: 4, width: 2 });
  const first = initialise(wanted, randomNumbers(7));
  expect(initialise(wanted, randomNumbers(7))).toEqual(first);
  expect(first["look.convolution.weight"].axes).toEqual(
    axesOf("w", { filters: 2, channels: 2, kernelHeight: 3, kernelWidth: 3 }),
  );
  expect(Array.from(first["look.norm.runningVariance"].data)).toEqual([1, 1]);
});

const AXES = axesOf("weight", { filters: 50, channels: 8, kernelHeight: 5, kernelWidth: 5 });
const FAN = ["channels", "kernelHeight", "kernelWidth"] as const;

// 10,000 numbers: a variance is right to 1.4 % (one standard deviation), three times that is allowed.
test.each<[string, Initialiser, number]>([
  ["normal", normal(0.5), 0.25],
  ["uniform", uniform(3), 3],
  ["He's", he(...FAN), 2 / 200],
  ["Xavier's", xavier(...FAN), 2 / (200 + 50)],
])("the variance of the %s initialiser is what its formula says", (_, initial, variance) => {
  const { data } = initial(AXES, randomNumbers(3));
  let average = 0;
  let squares = 0;
  for (const value of data) average += value / data.length;
  for (const value of data) squares += (value - average) ** 2 / data.length;
  expect(Math.abs(squares - variance)).toBeLessThanOrEqual(0.045 * variance);
});

test("a constant initialiser is one number everywhere", () => {
  expect(new Set(constantly(4)(AXES, randomNumbers(3)).data)).toEqual(new Set([4]));
});

test("an initialiser needs the axes it counts", () => {
  const axes = axesOf("weight", { outputs: 2 });
  expect(() => he("features")(axes, randomNumbers(1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: initialiser: expected axes features, got outputs.]`,
  );
});

test("what is kept after dropout makes up for what is left out", () => {
  const mask = dropoutMask({ tokens: 10_000 }, 0.75, randomNumbers(5));
  expect(new Set(mask.data)).toEqual(new Set([0, 4]));
  // A share of 10,000 is right to 0.43 % (one standard deviation), three times that is allowed.
  const kept = mask.data.filter((value: number) => value > 0).length / 10_000;
  expect(Math.abs(kept - 0.25)).toBeLessThan(0.013);
  const x = constant(tensor({ tokens: 2 }, [1, 2]));
  expect(numbersOf(dropout(x, constant(tensor({ tokens: 2 }, [0, 4]))))).toEqual([0, 8]);
  expect(() => dropoutMask({}, 1, () => 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropoutMask: expected a rate of at least 0 and below 1, got 1.]`,
  );
});

test("PyTorch's names are found part by part", () => {
  expect(torchName("layer1.0.shortcut.norm.runningVariance", BOTTLENECK_TORCH_NAMES)).toBe(
    "layer1.0.downsample.1.running_var",
  );
  expect(torchName("head.weight", {})).toBe("head.weight");
});

test("weights from PyTorch are taken by name, and checked", () => {
  const wanted = { look: convolutionParameters({ channels: 2, filters: 1, kernel: 1 }) };
  const stored = (shape: readonly number[]) => new Map([["conv2.weight", { shape, data: [5, 6] }]]);
  const names = { look: "conv2" };
  const { "look.weight": weight } = fromTorch(wanted, stored([1, 2, 1, 1]), names);
  expect(weight).toEqual(
    tensor({ filters: 1, channels: 2, kernelHeight: 1, kernelWidth: 1 }, [5, 6], "float32"),
  );
  expect(() => fromTorch(wanted, stored([2, 1, 1, 1]), names)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: fromTorch: expected "conv2.weight" to be [filters 1, channels 2, kernelHeight 1, kernelWidth 1], got [2, 1, 1, 1].]`,
  );
  expect(() => fromTorch(wanted, stored([1, 2, 1, 1]))).toThrowErrorMatchingInlineSnapshot(
    `[ReferenceError: fromTorch: expected 1 tensors, 1 are missing: "look.weight" for look.weight. Say what they are called there.]`,
  );
});
