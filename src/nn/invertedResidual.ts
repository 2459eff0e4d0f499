/**
 * The depthwise-separable block of a MobileNet: widen, look around in every channel by itself,
 * narrow, and add what came in where it has the same size.
 *
 * @see Sandler et al. 2018, arXiv:1801.04381 (MobileNetV2).
 */

import type { Padding, Sides } from "../graph/attributes.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { clamp } from "../graph/operations/clamp.ts";
import {
  type BatchNormOptions,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import type { Mode } from "./mode.ts";
import type { Parameter } from "./parameters.ts";

export type InvertedResidualParameters<Leaf> = {
  /** Left out where the block is no wider inside than outside. */
  readonly expand?: NormedConvolutionParameters<Leaf> | undefined;
  readonly depthwise: NormedConvolutionParameters<Leaf>;
  readonly project: NormedConvolutionParameters<Leaf>;
};

export interface InvertedResidualSize {
  /** Channels that come in. */
  readonly channels: number;
  /** Channels in the middle. */
  readonly width: number;
  /** Channels that go out. */
  readonly filters: number;
  /** Of the depthwise convolution. @default 3 */
  readonly kernel?: number;
  /** Whether the norms have been folded into weights and biases. @default false */
  readonly folded?: boolean;
}

/** What the block needs. */
export function invertedResidualParameters({
  channels,
  width,
  filters,
  kernel = 3,
  folded = false,
}: InvertedResidualSize): InvertedResidualParameters<Parameter> {
  const depthwise = { channels: width, filters: width, groups: width, kernel, folded };
  const body = {
    depthwise: normedConvolutionParameters(depthwise),
    project: normedConvolutionParameters({ channels: width, filters, kernel: 1, folded }),
  };
  if (width === channels) return body;
  const expand = normedConvolutionParameters({ channels, filters: width, kernel: 1, folded });
  return { expand, ...body };
}

export interface InvertedResidualOptions extends BatchNormOptions {
  /** @default 1 */
  readonly stride?: number;
  /** @default 1 */
  readonly dilation?: number;
  /** Of the depthwise convolution; see `samePadding`. @default the dilation, for a kernel of 3 */
  readonly padding?: Sides<Padding>;
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, as many channels as filters; each side divided by the stride, rounded
 *   up, with the padding by default.
 * @throws {ShapeError} When x does not fit the parameters, or has one entry per channel in training.
 */
export function invertedResidual(
  x: Node,
  { expand, depthwise, project }: InvertedResidualParameters<Node>,
  { stride = 1, dilation = 1, padding, ...norm }: InvertedResidualOptions,
  mode: Mode,
): Node {
  const wide = expand === undefined ? x : relu6(normedConvolution(x, expand, norm, mode));
  const groups = channelsOf(wide);
  const around = { ...norm, stride, dilation, groups, padding: padding ?? dilation };
  const seen = relu6(normedConvolution(wide, depthwise, around, mode));
  const narrow = normedConvolution(seen, project, norm, mode);
  return stride === 1 && channelsOf(narrow) === channelsOf(x) ? add(x, narrow) : narrow;
}

/** `min(max(x, 0), 6)`, the activation of MobileNets. */
export function relu6(x: Node): Node {
  return clamp(x, 0, 6);
}

function channelsOf({ axes }: Node): number {
  return axes.find(({ name }) => name === "channels")?.size ?? 0;
}
