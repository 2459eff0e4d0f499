/**
 * The bottleneck of a BoTNet: a ResNet's, with all-to-all self-attention in the place of the kernel
 * that looks around.
 *
 * @see Srinivas et al. 2021, arXiv:2101.11605.
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { averagePool } from "../graph/operations/averagePool.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { relu } from "../graph/operations/relu.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { split } from "../graph/operations/split.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import {
  type BatchNormOptions,
  type BatchNormParameters,
  batchNorm,
  batchNormParameters,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import { gridAttention } from "./gridAttention.ts";
import { normal, xavier } from "./initialisers.ts";
import type { Mode } from "./mode.ts";
import { learnt, type Parameter } from "./parameters.ts";

/** What the heads of a self-attention on a grid need. */
export type GridSelfAttentionParameters<Leaf> = {
  /** From channels to each head's query, key and value, `[heads, headChannels, channels]`. */
  readonly query: Leaf;
  readonly key: Leaf;
  readonly value: Leaf;
  /** Shared by the heads, `[offsets, headChannels]`; see `gridAttention`. */
  readonly heightTable: Leaf;
  readonly widthTable: Leaf;
};

export interface GridSelfAttentionSize {
  /** Channels that come in, and go out; a multiple of the heads. */
  readonly channels: number;
  /** @default 4 */
  readonly heads?: number;
  /** The image it is for, in pixels. */
  readonly height: number;
  readonly width: number;
}

export function gridSelfAttentionParameters({
  channels,
  heads = 4,
  height,
  width,
}: GridSelfAttentionSize): GridSelfAttentionParameters<Parameter> {
  const headChannels = channels / heads;
  const projection = learnt({ heads, headChannels, channels }, xavier("channels"));
  const table = (offsets: number): Parameter =>
    learnt({ offsets, headChannels }, normal(1 / Math.sqrt(headChannels)));
  return {
    query: projection,
    key: projection,
    value: projection,
    heightTable: table(2 * height - 1),
    widthTable: table(2 * width - 1),
  };
}

/**
 * Every pixel attends to every pixel, several heads side by side.
 *
 * @param x `[…, channels, height, width]`.
 * @returns The same axes: the value channels of head after head.
 * @throws {ShapeError} When the tables are for another image.
 */
export function gridSelfAttention(
  x: Node,
  { query, key, value, heightTable, widthTable }: GridSelfAttentionParameters<Node>,
): Node {
  const { height, width } = bindAxes(
    "gridSelfAttention",
    { x, query, key, value },
    {
      x: ["channels", "height", "width"],
      query: ["heads", "headChannels", "channels"],
      key: ["heads", "headChannels", "channels"],
      value: ["heads", "headChannels", "channels"],
    },
  );
  const tokens = merge(x, ["height", "width"], "tokens");
  const part = (weight: Node, channels: string, role: string): Node =>
    rename(contract(weight, tokens, "channels"), { headChannels: channels, tokens: role });
  const { value: attended } = gridAttention(
    {
      query: part(query, "channels", "queries"),
      key: part(key, "channels", "keys"),
      value: part(value, "valueChannels", "keys"),
      heightTable: rename(heightTable, { headChannels: "channels" }),
      widthTable: rename(widthTable, { headChannels: "channels" }),
    },
    { height, width },
  );
  const headByHead = reorder(attended, ["heads", "valueChannels", "queries"]);
  return split(merge(headByHead, ["heads", "valueChannels"], "channels"), "queries", {
    height,
    width,
  });
}

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

/** @param x `[…, channels, height, width]`. */
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
