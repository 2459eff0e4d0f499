import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { randomImage } from "../../test/support/runLayer.ts";
import { readSafetensors } from "../formats/safetensors.ts";
import { graph } from "../graph/graph.ts";
import { interpret } from "../graph/interpreter.ts";
import type { Node } from "../graph/node.ts";
import { normedConvolution, normedConvolutionParameters } from "./batchNorm.ts";
import { samePadding } from "./convolution.ts";
import { fromTorch } from "./fromTorch.ts";
import { invertedResidual, invertedResidualParameters, relu6 } from "./invertedResidual.ts";
import { parameterNodes } from "./parameters.ts";

const FILE = "../shared/pretrained/mobilenet_v2_imagenet.safetensors";

/** Of the first six blocks of MobileNetV2: channels out, stride, and how much wider it is inside. */
const BLOCKS = [
  { filters: 16, stride: 1, wider: 1 },
  { filters: 24, stride: 2, wider: 6 },
  { filters: 24, stride: 1, wider: 6 },
  { filters: 32, stride: 2, wider: 6 },
  { filters: 32, stride: 1, wider: 6 },
  { filters: 32, stride: 1, wider: 6 },
];

test.skipIf(!existsSync(FILE))(
  `weights of a MobileNetV2 (${FILE}, needed there) are taken as they are, and run`,
  () => {
    const folded = true;
    let channels = 32;
    const sizes = BLOCKS.map(({ filters, wider }) => {
      const size = { channels, width: wider * channels, filters, folded };
      channels = filters;
      return size;
    });
    const nameOf = (block: number): string => `block${`${block + 1}`.padStart(2, "0")}`;
    const blocks = sizes.map((size, i) => [nameOf(i), invertedResidualParameters(size)] as const);
    const body = Object.fromEntries(blocks);
    const head = {
      stem: normedConvolutionParameters({ channels: 3, filters: 32, kernel: 3, folded }),
    };
    const names = {
      "stem.convolution": "stem",
      "expand.convolution": "expand",
      "depthwise.convolution": "depthwise",
      "project.convolution": "project",
    };
    const { tensors } = readSafetensors(new Uint8Array(readFileSync(FILE)));
    const numbers = fromTorch({ ...head, ...body }, tensors, names);
    const { stem } = parameterNodes(head);
    const rest = parameterNodes(body);
    const x = randomImage({ channels: 3, height: 32, width: 40 });
    const strided = (from: Node, stride: number) => ({
      stride,
      padding: samePadding(from, 3, { stride }),
    });
    let y = relu6(normedConvolution(x, stem, strided(x, 2), "inference"));
    BLOCKS.forEach(({ stride }, i) => {
      y = invertedResidual(y, rest[nameOf(i)], strided(y, stride), "inference");
    });
    const features = interpret(graph({ y }), numbers, "float32")["y"];
    expect(features.axes.map(({ size }) => size)).toEqual([32, 4, 5]);
    expect(features.data.every(Number.isFinite)).toBe(true);
    // Trained weights keep features near 1; weights in the wrong place would not.
    const squares = Array.from(features.data, (value) => value ** 2);
    const deviation = Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
    expect(deviation).toBeGreaterThan(0.1);
    expect(deviation).toBeLessThan(10);
  },
);
