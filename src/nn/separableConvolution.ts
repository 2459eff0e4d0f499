/**
 * A convolution in two: every channel is looked around in by itself, then pixels are mixed across
 * channels. For k × k windows and as many filters about k² times less work.
 *
 * @see Chollet 2017, arXiv:1610.02357 (Xception).
 */

import type { ConvolutionOptions } from "../graph/attributes.ts";
import type { Node } from "../graph/node.ts";
import {
  type BatchNormOptions,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import { type ConvolutionParameters, convolution, convolutionParameters } from "./convolution.ts";
import type { Mode } from "./mode.ts";
import type { Parameter } from "./parameters.ts";

export type SeparableConvolutionParameters<Leaf> = {
  readonly depthwise: ConvolutionParameters<Leaf>;
  readonly pointwise: NormedConvolutionParameters<Leaf>;
};

/** What it needs; there is a norm behind it, and none between the two. */
export function separableConvolutionParameters({
  channels,
  filters,
  kernel,
}: {
  readonly channels: number;
  readonly filters: number;
  readonly kernel: number;
}): SeparableConvolutionParameters<Parameter> {
  return {
    depthwise: convolutionParameters({ channels, filters: channels, groups: channels, kernel }),
    pointwise: normedConvolutionParameters({ channels, filters, kernel: 1 }),
  };
}

/**
 * @param x       `[…, channels, height, width]`.
 * @param options Of the windows; see `convolve`.
 * @returns `[…, channels, height, width]`, as many channels as filters.
 * @throws {ShapeError} When x does not fit the parameters, or has one entry per channel in training.
 */
export function separableConvolution(
  x: Node,
  { depthwise, pointwise }: SeparableConvolutionParameters<Node>,
  { epsilon, momentum, ...windows }: Omit<ConvolutionOptions, "groups"> & BatchNormOptions,
  mode: Mode,
): Node {
  const groups = x.axes.find(({ name }) => name === "channels")?.size ?? 1;
  const seen = convolution(x, depthwise, { ...windows, groups });
  const norm = {
    ...(epsilon === undefined ? {} : { epsilon }),
    ...(momentum === undefined ? {} : { momentum }),
  };
  return normedConvolution(seen, pointwise, norm, mode);
}
