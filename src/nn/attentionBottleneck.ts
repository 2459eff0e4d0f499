/**
 * The bottleneck of a BoTNet: a ResNet's, with all-to-all self-attention in the place of the kernel
 * that looks around.
 *
 * @see Srinivas et al. 2021, arXiv:2101.11605.
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { averagePool } from "../graph/operations/averagePool.ts";
import { relu } from "../graph/operations/relu.ts";
import {
  type BatchNormOptions,
  type BatchNormParameters,
  batchNorm,
  batchNormParameters,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import {
  type GridSelfAttentionParameters,
  type GridSelfAttentionSize,
  gridSelfAttention,
  gridSelfAttentionParameters,
} from "./gridSelfAttention.ts";
import type { Mode } from "./mode.ts";
import type { Parameter } from "./parameters.ts";

export type AttentionBottleneckParameters<Leaf> = {
  readonly reduce: NormedConvolutionParameters<Leaf>;
  readonly attention: GridSelfAttentionParameters<Leaf>;
  readonly norm: BatchNormParameters<Leaf>;
  readonly widen: NormedConvolutionParameters<Leaf>;
  readonly shortcut?: NormedConvolutionParameters<Leaf> | undefined;
};

export interface AttentionBottleneckSize extends Omit<GridSelfAttentionSize, "channels"> {
  /** Channels that come in. */
  readonly channels: number;
  /** Channels of the attention; a multiple of the heads. */
  readonly inner: number;
  /** Channels that go out. @default as many as come in */
  readonly filters?: number;
  /** Whether the shortcut is a convolution. @default where the channels change */
  readonly project?: boolean;
}

/** What the block needs; height and width are those that come in. */
export function attentionBottleneckParameters({
  channels,
  inner,
  filters = channels,
  project = filters !== channels,
  ...grid
}: AttentionBottleneckSize): AttentionBottleneckParameters<Parameter> {
  const body = {
    reduce: normedConvolutionParameters({ channels, filters: inner, kernel: 1 }),
    attention: gridSelfAttentionParameters({ ...grid, channels: inner }),
    norm: batchNormParameters(inner),
    widen: normedConvolutionParameters({ channels: inner, filters, kernel: 1 }),
  };
  if (!project) return body;
  return { ...body, shortcut: normedConvolutionParameters({ channels, filters, kernel: 1 }) };
}

export interface AttentionBottleneckOptions extends BatchNormOptions {
  /** With a stride, what was attended to is averaged over squares as wide. @default 1 */
  readonly stride?: number;
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, as many channels as filters; each side divided by the stride.
 * @throws {ShapeError} When x does not fit the parameters, the stride does not divide a side, there is no
 *   shortcut but a stride or other channels, or x has one entry per channel in training.
 */
export function attentionBottleneck(
  x: Node,
  { reduce, attention, norm, widen, shortcut }: AttentionBottleneckParameters<Node>,
  { stride = 1, ...options }: AttentionBottleneckOptions,
  mode: Mode,
): Node {
  const narrow = relu(normedConvolution(x, reduce, options, mode));
  const attended = gridSelfAttention(narrow, attention);
  const pooled = stride === 1 ? attended : averagePool(attended, { kernel: stride });
  const seen = relu(batchNorm(pooled, norm, mode, options));
  const wide = normedConvolution(seen, widen, options, mode);
  const kept =
    shortcut === undefined ? x : normedConvolution(x, shortcut, { ...options, stride }, mode);
  return relu(add(wide, kept));
}
