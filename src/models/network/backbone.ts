/** The convolutional stages of a network, be they a MobileNet's or a ResNet's. */

import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { maxPool } from "../../graph/operations/maxPool.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { relu } from "../../graph/operations/relu.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import {
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import {
  type BottleneckParameters,
  bottleneck,
  bottleneckParameters,
} from "../../nn/bottleneck.ts";
import { type ConvolutionParameters, convolution, samePadding } from "../../nn/convolution.ts";
import { zeros } from "../../nn/initialisers.ts";
import {
  type InvertedResidualParameters,
  invertedResidual,
  invertedResidualParameters,
  relu6,
} from "../../nn/invertedResidual.ts";
import type { Mode } from "../../nn/mode.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import type { Backbone, MobileBlock, ResidualBlock } from "./configuration.ts";

export type BackboneParameters<Leaf> = {
  readonly stem: NormedConvolutionParameters<Leaf>;
  /** What clicks add to the stem, where they enter early. */
  readonly clicks?: ConvolutionParameters<Leaf> | undefined;
  /** By `block01`, `block02`, … */
  readonly blocks: Readonly<
    Record<string, InvertedResidualParameters<Leaf> | BottleneckParameters<Leaf>>
  >;
};

export interface BackboneFeatures {
  /** The last features at stride 4. */
  readonly detail: Node;
  /** The last at stride 16, or of all where the stages end before. */
  readonly deep: Node;
  /** The last of all, where the stages go on beyond stride 16. */
  readonly context?: Node | undefined;
}

const STEM_STRIDE = 2;
const DETAIL_STRIDE = 4;
const DEEP_STRIDE = 16;
const CLICK_KERNEL = 3;

/** The name of a block, counted from 0, among the parameters. */
export function blockName(index: number): string {
  return `block${`${index + 1}`.padStart(2, "0")}`;
}

/** @param clickMaps Channels that clicks have at the stem; 0 where they do not enter there. */
export function backboneParameters(
  backbone: Backbone,
  clickMaps: number,
): BackboneParameters<Parameter> {
  const isMobile = backbone.kind === "mobile";
  const stem = normedConvolutionParameters({
    channels: 3,
    filters: backbone.stem,
    kernel: isMobile ? 3 : 7,
    folded: isMobile,
  });
  const blocks = Object.fromEntries(blockParameters(backbone).map((own, i) => [blockName(i), own]));
  if (clickMaps === 0) return { stem, blocks };
  // Clicks begin without a say, so that what the stem knows already is not disturbed.
  const weight = learnt(
    {
      filters: backbone.stem,
      channels: clickMaps,
      kernelHeight: CLICK_KERNEL,
      kernelWidth: CLICK_KERNEL,
    },
    zeros,
  );
  return { stem, clicks: { weight }, blocks };
}

function blockParameters(
  backbone: Backbone,
): readonly (InvertedResidualParameters<Parameter> | BottleneckParameters<Parameter>)[] {
  if (backbone.kind === "mobile") {
    return backbone.blocks.map(({ filters, wider }, i) => {
      const channels = channelsInto(backbone, i);
      return invertedResidualParameters({
        channels,
        width: wider * channels,
        filters,
        folded: true,
      });
    });
  }
  return backbone.blocks.map(({ filters, width, stride }, i) => {
    const channels = channelsInto(backbone, i);
    return bottleneckParameters({
      channels,
      width,
      filters,
      project: stride > 1 || channels !== filters,
    });
  });
}

function channelsInto({ stem, blocks }: Backbone, block: number): number {
  return block === 0 ? stem : blocks[block - 1].filters;
}

/** Channels of the features, and pixels of the image for each of the deep and of the last ones. */
export function backboneSizes(backbone: Backbone): {
  readonly detail: number;
  readonly deep: number;
  /** 0 where there are none beyond the deep ones. */
  readonly context: number;
  readonly stride: number;
  readonly lastStride: number;
} {
  let lastStride = strideBefore(backbone);
  let [detail, deep, stride] = [0, backbone.stem, lastStride];
  for (const { stride: own, filters } of backbone.blocks) {
    lastStride *= own;
    if (lastStride === DETAIL_STRIDE) detail = filters;
    if (lastStride <= DEEP_STRIDE) [deep, stride] = [filters, lastStride];
  }
  const last = channelsInto(backbone, backbone.blocks.length);
  return { detail, deep, context: lastStride > stride ? last : 0, stride, lastStride };
}

/** At the first block: a ResNet's stem ends with a pool of stride 2. */
function strideBefore({ kind }: Backbone): number {
  return kind === "mobile" ? STEM_STRIDE : 2 * STEM_STRIDE;
}

/**
 * @param image     `[…, channels, height, width]`, red, green and blue in 0 … 1.
 * @param clickMaps What clicks say at the stem's stride, `[…, channels, height, width]`, where they
 *   enter there.
 */
export function runBackbone(
  image: Node,
  clickMaps: Node | undefined,
  backbone: Backbone,
  { stem, clicks, blocks }: BackboneParameters<Node>,
  mode: Mode,
): BackboneFeatures {
  // As the networks that MobileNets start from saw their images: −1 … 1.
  const centred = subtract(multiply(image, 2), 1);
  const kernel = backbone.kind === "mobile" ? 3 : 7;
  const windows = {
    stride: STEM_STRIDE,
    padding: samePadding(centred, kernel, { stride: STEM_STRIDE }),
  };
  const seen = normedConvolution(centred, stem, windows, mode);
  const told =
    clickMaps === undefined || clicks === undefined
      ? seen
      : add(seen, convolution(clickMaps, clicks, { padding: 1 }));
  let x =
    backbone.kind === "mobile"
      ? relu6(told)
      : maxPool(relu(told), { kernel: 3, stride: 2, padding: 1 });
  let stride = strideBefore(backbone);
  let [detail, deep] = [x, x];
  for (const [i, block] of backbone.blocks.entries()) {
    x = runBlock(x, block, blocks[blockName(i)], mode);
    stride *= block.stride;
    if (stride === DETAIL_STRIDE) detail = x;
    if (stride <= DEEP_STRIDE) deep = x;
  }
  return { detail, deep, context: x === deep ? undefined : x };
}

function runBlock(
  x: Node,
  block: MobileBlock | ResidualBlock,
  parameters: InvertedResidualParameters<Node> | BottleneckParameters<Node>,
  mode: Mode,
): Node {
  const { stride } = block;
  if ("reduce" in parameters) {
    const dilation = "dilation" in block ? block.dilation : 1;
    return bottleneck(x, parameters, { stride, dilation }, mode);
  }
  return invertedResidual(x, parameters, { stride, padding: samePadding(x, 3, { stride }) }, mode);
}
