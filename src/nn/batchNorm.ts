/**
 * Batch norm, `y = γ (x − μ) / √(σ² + ε) + β` per channel.
 *
 * In training μ and σ² are those of the batch, over all axes but the channels. In inference they are
 * running averages, known numbers, so that the norm is a scale and a shift; after a convolution
 * the scale goes into its weights and only the shift remains.
 *
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167.
 */

import type { ConvolutionOptions } from "../graph/attributes.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { convolve } from "../graph/operations/convolve.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { rename } from "../graph/operations/rename.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { ShapeError, sizeOf } from "../tensor/hostTensor.ts";
import {
  type ConvolutionParameters,
  type ConvolutionSize,
  convolution,
  convolutionParameters,
} from "./convolution.ts";
import { ones, zeros } from "./initialisers.ts";
import type { Mode, Training } from "./mode.ts";
import { kept, learnt, type Parameter } from "./parameters.ts";
import { DEFAULT_EPSILON, momentsOf, overDeviation } from "./standardise.ts";

/** γ, β and the running mean and variance, each `[channels]`. */
export type BatchNormParameters<Leaf> = {
  readonly weight: Leaf;
  readonly bias: Leaf;
  readonly runningMean: Leaf;
  readonly runningVariance: Leaf;
};

export interface BatchNormOptions {
  /** ε. @default 1e-5 */
  readonly epsilon?: number;
  /** The share of the batch in the next running statistics. @default 0.1 */
  readonly momentum?: number;
}

const DEFAULT_MOMENTUM = 0.1;

/** What a batch norm needs; it begins as the identity. */
export function batchNormParameters(channels: number): BatchNormParameters<Parameter> {
  return {
    weight: learnt({ channels }, ones),
    bias: learnt({ channels }, zeros),
    runningMean: kept({ channels }, zeros),
    runningVariance: kept({ channels }, ones),
  };
}

/**
 * @param x `[…, channels, …]`; all other axes are averaged over.
 * @returns The same axes.
 * @throws {ShapeError} When there is but one entry per channel to take a variance of, in training.
 */
export function batchNorm(
  x: Node,
  parameters: BatchNormParameters<Node>,
  mode: Mode,
  options: BatchNormOptions = {},
): Node {
  if (mode !== "inference") return normOfBatch(x, parameters, mode, options);
  const { scale, shift } = affineOf(parameters, options);
  return add(multiply(x, scale), shift);
}

function normOfBatch(
  x: Node,
  { weight, bias, runningMean, runningVariance }: BatchNormParameters<Node>,
  mode: Training,
  { epsilon = DEFAULT_EPSILON, momentum = DEFAULT_MOMENTUM }: BatchNormOptions,
): Node {
  const others = x.axes.filter(({ name }) => name !== "channels");
  const count = sizeOf(others);
  if (count < 2) {
    throw new ShapeError(
      `batchNorm: expected at least 2 entries per channel in training, got ${count}. ` +
        `Use a larger batch or image, or groupNorm().`,
    );
  }
  const over = others.map(({ name }) => name);
  const { mean, variance, centred } = momentsOf(x, over);
  const towards = (running: Node, batch: Node): Node =>
    add(multiply(running, 1 - momentum), multiply(batch, momentum));
  mode.update(runningMean, towards(runningMean, mean));
  // The running variance is an estimate for all images: of a sample, over its size less one.
  mode.update(runningVariance, towards(runningVariance, multiply(variance, count / (count - 1))));
  return add(multiply(centred, overDeviation(weight, variance, epsilon)), bias);
}

/** The norm in inference, as `scale · x + shift`. */
function affineOf(
  { weight, bias, runningMean, runningVariance }: BatchNormParameters<Node>,
  { epsilon = DEFAULT_EPSILON }: BatchNormOptions,
): { scale: Node; shift: Node } {
  const scale = overDeviation(weight, runningVariance, epsilon);
  return { scale, shift: subtract(bias, multiply(runningMean, scale)) };
}

/**
 * A convolution without bias and the norm after it as one convolution with a bias, as it is in
 * inference: `scale · (w ∗ x) + shift = (scale · w) ∗ x + shift`.
 */
export function foldBatchNorm(
  weight: Node,
  norm: BatchNormParameters<Node>,
  options: BatchNormOptions = {},
): ConvolutionParameters<Node> & { readonly bias: Node } {
  const { scale, shift } = affineOf(norm, options);
  return { weight: multiply(weight, rename(scale, { channels: "filters" })), bias: shift };
}

export type NormedConvolutionParameters<Leaf> = {
  readonly convolution: ConvolutionParameters<Leaf>;
  /** Left out where it has been folded into weight and bias. */
  readonly norm?: BatchNormParameters<Leaf> | undefined;
};

export interface NormedConvolutionSize extends Omit<ConvolutionSize, "bias"> {
  /** Whether there is a bias in place of the norm that was folded into the weights. @default false */
  readonly folded?: boolean;
}

/** What a convolution with a batch norm after it needs. */
export function normedConvolutionParameters({
  folded = false,
  ...size
}: NormedConvolutionSize): NormedConvolutionParameters<Parameter> {
  const own = convolutionParameters({ ...size, bias: folded });
  return folded
    ? { convolution: own }
    : { convolution: own, norm: batchNormParameters(size.filters) };
}

/** A convolution and a batch norm after it; in inference the norm is folded into the convolution. */
export function normedConvolution(
  x: Node,
  { convolution: own, norm }: NormedConvolutionParameters<Node>,
  options: ConvolutionOptions & BatchNormOptions,
  mode: Mode,
): Node {
  if (norm === undefined) return convolution(x, own, options);
  return mode === "inference"
    ? convolution(x, foldBatchNorm(own.weight, norm, options), options)
    : batchNorm(convolve(x, own.weight, options), norm, mode, options);
}
