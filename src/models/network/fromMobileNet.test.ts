import { existsSync, readFileSync } from "node:fs";
import { assert, expect, test } from "vitest";
import { type Planes, plainMobileNet } from "../../../test/support/plainMobileNet.ts";
import { readSafetensors } from "../../formats/safetensors.ts";
import { graph } from "../../graph/graph.ts";
import { interpret } from "../../graph/interpreter.ts";
import { constant } from "../../graph/operations/constant.ts";
import type { UnnamedTensor } from "../../nn/fromTorch.ts";
import { initialise, parameterNodes } from "../../nn/parameters.ts";
import { tensor } from "../../tensor/hostTensor.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { runBackbone } from "./backbone.ts";
import { CONFIGURATIONS } from "./configuration.ts";
import { fromMobileNet } from "./fromMobileNet.ts";
import { network } from "./network.ts";

const FILE = "../shared/pretrained/mobilenet_v2_imagenet.safetensors";
const { small, tiny, botnet50 } = CONFIGURATIONS;

test.skipIf(!existsSync(FILE))(
  `what the stages of small see with a MobileNetV2's weights is what its plain loops see (${FILE}, needed there)`,
  () => {
    const { tensors } = readSafetensors(new Uint8Array(readFileSync(FILE)));
    const size = { height: 48, width: 32 };
    const data = Float64Array.from({ length: 3 * size.height * size.width }, randomNumbers(1));
    const image: Planes = { channels: 3, ...size, data };
    const { parameters } = network(small);
    const numbers = {
      ...initialise(parameters, randomNumbers(1)),
      ...fromMobileNet(small, tensors),
    };
    const weights = parameterNodes(parameters, (path) => constant(numbers[path]));
    const x = constant(tensor({ batch: 1, channels: 3, ...size }, data));
    const { detail, deep, context } = runBackbone(
      x,
      undefined,
      small.backbone,
      weights.backbone,
      "inference",
    );
    assert(context !== undefined);
    const features = interpret(graph({ detail, deep, context }), {}, "float64");
    for (const [name, blocks] of [
      ["detail", 3],
      ["deep", 13],
      ["context", 16],
    ] as const) {
      const expected = plainMobileNet(image, tensors, blocks).data;
      const largest = Math.max(...expected.map(Math.abs));
      const actual = features[name].data;
      expect(actual).toHaveLength(expected.length);
      const error = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
      // Both in double precision: what is left is the order of sums.
      expect(error).toBeLessThan(1e-12 * largest);
    }
  },
);

const tensorsFor = (shapes: Readonly<Record<string, readonly number[]>>) =>
  new Map(
    Object.entries(shapes).map(([name, shape]): [string, UnnamedTensor] => [
      name,
      { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) },
    ]),
  );

test("a file without the weights, or with others, is refused by name", () => {
  expect(() => fromMobileNet(tiny, new Map())).toThrowErrorMatchingInlineSnapshot(
    `[ReferenceError: fromTorch: expected 60 tensors, 60 are missing: "stem.weight" for stem.convolution.weight, "stem.bias" for stem.convolution.bias, "block01.depthwise.weight" for blocks.block01.depthwise.convolution.weight, …. Say what they are called there.]`,
  );
  const { parameters } = network(tiny);
  const shapes: Record<string, readonly number[]> = {};
  for (const [path, { axes }] of Object.entries(initialise(parameters, () => 0))) {
    const called = path.match(/^backbone\.(?:blocks\.)?(.*?)\.convolution\.(\w+)$/);
    if (called) shapes[`${called[1]}.${called[2]}`] = axes.map(({ size }) => size);
  }
  const numbers = fromMobileNet(tiny, tensorsFor(shapes));
  expect(Object.keys(numbers).every((path) => path.startsWith("backbone."))).toBe(true);
  const narrow = { ...shapes, "stem.weight": [16, 3, 3, 3] };
  expect(() => fromMobileNet(tiny, tensorsFor(narrow))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: fromTorch: expected "stem.weight" to be [filters 32, channels 3, kernelHeight 3, kernelWidth 3], got [16, 3, 3, 3].]`,
  );
});

test("a ResNet does not begin as a MobileNet", () => {
  expect(() => fromMobileNet(botnet50, new Map())).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: fromMobileNet: expected a network that begins as a MobileNet, got "botnet50". Start it from other weights.]`,
  );
});
