/**
 * Atrous spatial pyramid pooling: an image seen pixel by pixel, by kernels of several dilations and
 * as a whole, side by side, and mixed.
 *
 * @see Chen et al. 2017, arXiv:1706.05587 (DeepLabV3).
 */

import type { Node } from "../graph/node.ts";
import { concat } from "../graph/operations/concat.ts";
import { expand } from "../graph/operations/expand.ts";
import { mean } from "../graph/operations/mean.ts";
import { relu } from "../graph/operations/relu.ts";
import { sum } from "../graph/operations/sum.ts";
import {
  type BatchNormOptions,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
import { dropout } from "./dropout.ts";
import type { Mode } from "./mode.ts";
import type { Parameter } from "./parameters.ts";
import {
  type SeparableConvolutionParameters,
  separableConvolution,
  separableConvolutionParameters,
} from "./separableConvolution.ts";

export type AsppParameters<Leaf> = {
  readonly pixel: NormedConvolutionParameters<Leaf>;
  /** One per rate, named "0", "1", … in their order. */
  readonly dilated: Readonly<
    Record<string, NormedConvolutionParameters<Leaf> | SeparableConvolutionParameters<Leaf>>
  >;
  readonly image: NormedConvolutionParameters<Leaf>;
  readonly mix: NormedConvolutionParameters<Leaf>;
};

export interface AsppOptions extends BatchNormOptions {
  /** The dilations, in pixels. */
  readonly rates: readonly number[];
  /** From `dropoutMask`, for what comes out. @default nothing is left out */
  readonly dropoutMask?: Node | undefined;
}

/** What the pyramid needs for so many rates. */
export function asppParameters({
  channels,
  filters,
  rates,
  separable = false,
}: {
  readonly channels: number;
  readonly filters: number;
  readonly rates: number;
  /** Whether dilated kernels look around in every channel by itself. @default false */
  readonly separable?: boolean;
}): AsppParameters<Parameter> {
  const pixel = normedConvolutionParameters({ channels, filters, kernel: 1 });
  const dilated = Array.from({ length: rates }, (_, i) => [
    `${i}`,
    separable
      ? separableConvolutionParameters({ channels, filters, kernel: 3 })
      : normedConvolutionParameters({ channels, filters, kernel: 3 }),
  ]);
  return {
    pixel,
    dilated: Object.fromEntries(dilated),
    image: normedConvolutionParameters({ channels, filters, kernel: 1 }),
    mix: normedConvolutionParameters({ channels: (rates + 2) * filters, filters, kernel: 1 }),
  };
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, as many channels as filters, of the same height and width.
 * @throws {ShapeError} When x does not fit the parameters, or has one entry per channel in training.
 * @throws {RangeError} When a rate is not whole and at least 1.
 */
export function aspp(
  x: Node,
  { pixel, dilated, image, mix }: AsppParameters<Node>,
  { rates, dropoutMask, ...norm }: AsppOptions,
  mode: Mode,
): Node {
  const byRate = rates.map((rate, i) => relu(seenFar(x, dilated[i], rate, norm, mode)));
  const parts = [
    relu(normedConvolution(x, pixel, norm, mode)),
    ...byRate,
    seenAsWhole(x, image, norm, mode),
  ];
  const mixed = relu(normedConvolution(concat(parts, "channels"), mix, norm, mode));
  return dropoutMask === undefined ? mixed : dropout(mixed, dropoutMask);
}

function seenFar(
  x: Node,
  parameters: NormedConvolutionParameters<Node> | SeparableConvolutionParameters<Node>,
  rate: number,
  norm: BatchNormOptions,
  mode: Mode,
): Node {
  const options = { ...norm, dilation: rate, padding: rate };
  return "depthwise" in parameters
    ? separableConvolution(x, parameters, options, mode)
    : normedConvolution(x, parameters, options, mode);
}

/** The image's mean, `[…, channels]`: what lies beside it repeats it for every pixel. */
function seenAsWhole(
  x: Node,
  parameters: NormedConvolutionParameters<Node>,
  norm: BatchNormOptions,
  mode: Mode,
): Node {
  const onePixel = expand(mean(x, "height", "width"), { height: 1, width: 1 });
  return sum(relu(normedConvolution(onePixel, parameters, norm, mode)), "height", "width");
}

/** How PyTorch's torchvision calls what is called so here, for so many rates; see `fromTorch`. */
export function asppTorchNames(rates: number): Readonly<Record<string, string>> {
  const dilated = Array.from({ length: rates }, (_, i) => [
    [`dilated.${i}.convolution`, `convs.${i + 1}.0`],
    [`dilated.${i}.norm`, `convs.${i + 1}.1`],
  ]);
  return {
    "pixel.convolution": "convs.0.0",
    "pixel.norm": "convs.0.1",
    ...Object.fromEntries(dilated.flat()),
    "image.convolution": `convs.${rates + 1}.1`,
    "image.norm": `convs.${rates + 1}.2`,
    "mix.convolution": "project.0",
    "mix.norm": "project.1",
  };
}
