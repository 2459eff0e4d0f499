/**
 * The networks that are timed: one logit a pixel for an image `[batch, channels, height, width]`.
 * Their twins in PyTorch are in `peers/networks.py`, with parameters of the same names.
 */

import { concat, maxPool, type Node, relu, resize } from "../src/graph/index.ts";
import {
  aspp,
  asppParameters,
  type BottleneckParameters,
  bottleneck,
  bottleneckParameters,
  convolution,
  convolutionParameters,
  type Mode,
  normedConvolution,
  normedConvolutionParameters,
  type Parameter,
  parameterNodes,
  type Tree,
} from "../src/nn/index.ts";
import { bceWithLogits, normalisedFocal } from "../src/train/index.ts";

interface Stage {
  readonly blocks: number;
  readonly width: number;
  readonly filters: number;
  readonly stride: number;
}

type StageParameters<Leaf> = Readonly<Record<string, BottleneckParameters<Leaf>>>;

function stageParameters(channels: number, stage: Stage): StageParameters<Parameter> {
  const { blocks, width, filters } = stage;
  const each = Array.from({ length: blocks }, (_, block) => {
    const size = { channels: block === 0 ? channels : filters, width, filters };
    return [`${block}`, bottleneckParameters({ ...size, project: block === 0 })] as const;
  });
  return Object.fromEntries(each);
}

function throughStage(
  x: Node,
  { blocks, stride }: Stage,
  parameters: StageParameters<Node>,
  mode: Mode,
): Node {
  let y = x;
  for (let block = 0; block < blocks; block++) {
    y = bottleneck(y, parameters[block], { stride: block === 0 ? stride : 1 }, mode);
  }
  return y;
}

const RESNET_50: readonly Stage[] = [
  { blocks: 3, width: 64, filters: 256, stride: 1 },
  { blocks: 4, width: 128, filters: 512, stride: 2 },
  { blocks: 6, width: 256, filters: 1024, stride: 2 },
  { blocks: 3, width: 512, filters: 2048, stride: 2 },
];

const resnet50Parameters = {
  stem: normedConvolutionParameters({ channels: 3, filters: 64, kernel: 7 }),
  stages: {
    0: stageParameters(64, RESNET_50[0]),
    1: stageParameters(256, RESNET_50[1]),
    2: stageParameters(512, RESNET_50[2]),
    3: stageParameters(1024, RESNET_50[3]),
  },
  head: convolutionParameters({ channels: 2048, filters: 1, kernel: 1, bias: true }),
};

/** ResNet-50's body and a linear head: a logit for every 32nd pixel. */
function resnet50(image: Node, mode: Mode): Node {
  const { stem, stages, head } = parameterNodes(resnet50Parameters);
  const seen = relu(normedConvolution(image, stem, { stride: 2, padding: 3 }, mode));
  let x = maxPool(seen, { kernel: 3, stride: 2, padding: 1 });
  for (const [i, stage] of RESNET_50.entries()) {
    x = throughStage(x, stage, stages[i as keyof typeof stages], mode);
  }
  return convolution(x, head);
}

const COMPACT: readonly Stage[] = [
  { blocks: 2, width: 16, filters: 64, stride: 2 },
  { blocks: 2, width: 32, filters: 128, stride: 2 },
  { blocks: 3, width: 48, filters: 192, stride: 2 },
];
const RATES = [2, 4];

const compactParameters = {
  stem: normedConvolutionParameters({ channels: 3, filters: 32, kernel: 3 }),
  stages: {
    0: stageParameters(32, COMPACT[0]),
    1: stageParameters(64, COMPACT[1]),
    2: stageParameters(128, COMPACT[2]),
  },
  pyramid: asppParameters({ channels: 192, filters: 64, rates: RATES.length }),
  detail: normedConvolutionParameters({ channels: 64, filters: 32, kernel: 1 }),
  decoder: normedConvolutionParameters({ channels: 96, filters: 64, kernel: 3 }),
  head: convolutionParameters({ channels: 64, filters: 1, kernel: 1, bias: true }),
};

/** A small encoder of bottlenecks, a pyramid and a decoder that looks back at the details. */
function compact(image: Node, mode: Mode): Node {
  const { stem, stages, pyramid, detail, decoder, head } = parameterNodes(compactParameters);
  const seen = relu(normedConvolution(image, stem, { stride: 2, padding: 1 }, mode));
  const fine = throughStage(seen, COMPACT[0], stages[0], mode);
  const middle = throughStage(fine, COMPACT[1], stages[1], mode);
  const coarse = throughStage(middle, COMPACT[2], stages[2], mode);
  const meaning = aspp(coarse, pyramid, { rates: RATES }, mode);
  const details = relu(normedConvolution(fine, detail, {}, mode));
  const both = concat([resize(meaning, sidesOf(fine)), details], "channels");
  const decoded = relu(normedConvolution(both, decoder, { padding: 1 }, mode));
  return resize(convolution(decoded, head), sidesOf(image));
}

function sidesOf({ axes }: Node): { readonly height: number; readonly width: number } {
  const size = (name: string): number => axes.find((axis) => axis.name === name)?.size ?? 0;
  return { height: size("height"), width: size("width") };
}

/** A network that is timed, and what it is trained for. */
export interface Network {
  readonly parameters: Tree<Parameter>;
  logits(image: Node, mode: Mode): Node;
  /** Pixels of the image for each of the logits, along each side. */
  readonly stride: number;
  loss(logits: Node, target: Node): Node;
  /** What it is timed on if nothing else is said: pixels along each side, and images. */
  readonly usual: { readonly side: number; readonly batch: number };
}

export const NETWORKS: Readonly<Record<string, Network>> = {
  resnet50: {
    parameters: resnet50Parameters,
    logits: resnet50,
    stride: 32,
    loss: (logits, target) => bceWithLogits(logits, target),
    usual: { side: 224, batch: 1 },
  },
  compact: {
    parameters: compactParameters,
    logits: compact,
    stride: 1,
    loss: (logits, target) => normalisedFocal(logits, target),
    usual: { side: 256, batch: 2 },
  },
};
