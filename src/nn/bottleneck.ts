/**
 * The bottleneck of a ResNet: narrow, look around, widen, and add what came in.
 *
 *     y = relu(shortcut(x) + norm(w₃ ∗ relu(norm(w₂ ∗ relu(norm(w₁ ∗ x))))))
 *
 * with kernels of 1, 3 and 1; the stride is in the middle (version 1.5).
 *
 * @see He et al. 2016, arXiv:1512.03385; groups as in Xie et al. 2017, arXiv:1611.05431 (ResNeXt).
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { relu } from "../graph/operations/relu.ts";
import {
  type BatchNormOptions,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import type { Mode } from "./mode.ts";
import type { Parameter } from "./parameters.ts";

export type BottleneckParameters<Leaf> = {
  readonly reduce: NormedConvolutionParameters<Leaf>;
  readonly look: NormedConvolutionParameters<Leaf>;
  readonly widen: NormedConvolutionParameters<Leaf>;
  /** Where what came in has another size than what comes out. */
  readonly shortcut?: NormedConvolutionParameters<Leaf> | undefined;
};

export interface BottleneckSize {
  /** Channels that come in. */
  readonly channels: number;
  /** Channels in the middle, of all groups. */
  readonly width: number;
  /** Channels that go out. @default as many as come in */
  readonly filters?: number;
  /** @default 1 */
  readonly groups?: number;
  /** Whether the shortcut is a convolution. @default where the channels change */
  readonly project?: boolean;
}

export interface BottleneckOptions extends BatchNormOptions {
  /** From one pixel of the result to the next. @default 1 */
  readonly stride?: number;
  /** Of the kernel in the middle. @default 1 */
  readonly dilation?: number;
  /** Of the kernel in the middle. @default 1 */
  readonly groups?: number;
}

/** What a bottleneck needs. */
export function bottleneckParameters({
  channels,
  width,
  filters = channels,
  groups = 1,
  project = filters !== channels,
}: BottleneckSize): BottleneckParameters<Parameter> {
  const body = {
    reduce: normedConvolutionParameters({ channels, filters: width, kernel: 1 }),
    look: normedConvolutionParameters({ channels: width, filters: width, kernel: 3, groups }),
    widen: normedConvolutionParameters({ channels: width, filters, kernel: 1 }),
  };
  if (!project) return body;
  return { ...body, shortcut: normedConvolutionParameters({ channels, filters, kernel: 1 }) };
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, as many channels as filters; each side divided by the stride,
 *   rounded up.
 * @throws {ShapeError} When there is no shortcut but a stride, or other channels.
 */
export function bottleneck(
  x: Node,
  { reduce, look, widen, shortcut }: BottleneckParameters<Node>,
  { stride = 1, dilation = 1, groups = 1, ...norm }: BottleneckOptions,
  mode: Mode,
): Node {
  const narrow = relu(normedConvolution(x, reduce, norm, mode));
  const around = { ...norm, stride, dilation, padding: dilation, groups };
  const seen = relu(normedConvolution(narrow, look, around, mode));
  const wide = normedConvolution(seen, widen, norm, mode);
  const kept =
    shortcut === undefined ? x : normedConvolution(x, shortcut, { ...norm, stride }, mode);
  return relu(add(wide, kept));
}

/** How PyTorch's torchvision calls what is called so here; see `fromTorch`. */
export const BOTTLENECK_TORCH_NAMES: Readonly<Record<string, string>> = {
  "reduce.convolution": "conv1",
  "reduce.norm": "bn1",
  "look.convolution": "conv2",
  "look.norm": "bn2",
  "widen.convolution": "conv3",
  "widen.norm": "bn3",
  "shortcut.convolution": "downsample.0",
  "shortcut.norm": "downsample.1",
};
