/**
 * What the three faces of a convolution share. It is linear in the image and in the weights, so
 * there are three maps, each an adjoint of the others:
 *
 *     ⟨convolve(x, w), g⟩ = ⟨x, convolveTransposed(g, w)⟩ = ⟨w, convolveWeightAdjoint(x, g)⟩
 *
 * The gradient of any of them is written in the other two, to any order.
 */

import type { HasAxes } from "../../tensor/bindAxes.ts";
import { type Axis, describeAxes, ShapeError } from "../../tensor/hostTensor.ts";
import type { Convolution, ConvolutionOptions, Sides } from "../attributes.ts";
import type { Node } from "../node.ts";
import { type ImageSize, windowCounts, windowsOf, withLast } from "./windows.ts";

const WEIGHT_AXES: readonly string[] = ["filters", "channels", "kernelHeight", "kernelWidth"];

/** @throws {RangeError} When a number is not whole or too small. */
export function convolutionOf(
  operation: string,
  { groups = 1, ...options }: ConvolutionOptions,
): Convolution {
  if (!Number.isInteger(groups) || groups < 1) {
    throw new RangeError(
      `${operation}: expected a whole number of groups of at least 1, got ${groups}.`,
    );
  }
  return { ...windowsOf(operation, options), groups };
}

/** The weights with their axes in order, if they have them all; themselves otherwise. */
export function asWeight(weight: Node): Node {
  return withLast(weight, WEIGHT_AXES);
}

export interface WeightSize {
  readonly filters: number;
  /** Channels that each filter sees. */
  readonly channels: number;
  readonly kernel: Sides<number>;
}

/** @throws {ShapeError} When the axes are others than filters, channels, kernelHeight and kernelWidth. */
export function weightSize(operation: string, { axes }: HasAxes): WeightSize {
  if (axes.length !== 4 || axes.some(({ name }, i) => name !== WEIGHT_AXES[i])) {
    throw new ShapeError(
      `${operation}: expected weight [filters, channels, kernelHeight, kernelWidth], got ` +
        `${describeAxes(axes)}. rename() gives an axis another name.`,
    );
  }
  const [filters, channels, height, width] = axes.map(({ size }) => size);
  return { filters, channels, kernel: { height, width } };
}

export function weightAxes({ filters, channels, kernel }: WeightSize): readonly Axis[] {
  const sizes = [filters, channels, kernel.height, kernel.width];
  return WEIGHT_AXES.map((name, i) => ({ name, size: sizes[i] }));
}

/**
 * Check that an image, weights and an output belong together.
 *
 * @returns How many windows there are.
 * @throws {ShapeError} When the channels or filters do not fit the groups, or no window fits.
 */
export function checkConvolution(
  operation: string,
  image: Omit<ImageSize, "batch">,
  weight: WeightSize,
  convolution: Convolution,
): Sides<number> {
  const { groups } = convolution;
  if (image.channels !== weight.channels * groups) {
    const sees = groups === 1 ? "" : ` in each of ${groups} groups`;
    throw new ShapeError(
      `${operation}: axis "channels" is ${image.channels} in x, but the filters of weight see ` +
        `${weight.channels}${sees}.`,
    );
  }
  checkDivides(operation, "filters", weight.filters, groups);
  return windowCounts(operation, image, weight.kernel, convolution);
}

/** @throws {ShapeError} When a number of channels or filters is not a multiple of the groups. */
export function checkDivides(operation: string, what: string, size: number, groups: number): void {
  if (size % groups === 0) return;
  throw new ShapeError(
    `${operation}: expected "${what}" to be a multiple of ${groups} groups, got ${size}.`,
  );
}
