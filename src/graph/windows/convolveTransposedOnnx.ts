/** The adjoint of a convolution in the image, in the form that ONNX Runtime computes fastest. */

import type { Convolution, Padding, Sides } from "../attributes.ts";
import type { NodeOf } from "../node.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { type ColumnLayout, isImageItself } from "./columns.ts";
import { convOnnx } from "./convOnnx.ts";
import { type WeightSize, weightSize } from "./convolution.ts";
import { imageSizes, windowsOnnx } from "./windows.ts";

/** What is known of it: the sizes of its tensors, and how its windows lie. */
interface Parts {
  readonly given: readonly number[];
  readonly weight: WeightSize;
  readonly layout: ColumnLayout;
  readonly convolution: Convolution;
}

/**
 * Where every window is one pixel, or one window sees all, it is a product of matrices. With a stride of 1 it is a convolution
 * with the kernel turned round, which is fastest where there are more pixels than filters: before,
 * turning the filters costs more than it saves. All else is ONNX's own transposed convolution.
 */
export function convolveTransposedOnnx(
  [x, weight]: readonly string[],
  { inputs, axes, attributes }: NodeOf<"convolveTransposed">,
  write: OnnxWriter,
): string {
  const { size, ...convolution } = attributes;
  const given = imageSizes(inputs[0].axes);
  const filters = weightSize("convolveTransposed", inputs[1]);
  const channels = filters.channels * convolution.groups;
  const layout = {
    image: { ...size, channels },
    kernel: filters.kernel,
    count: { height: given[2], width: given[3] },
    windows: convolution,
  };
  const parts: Parts = { given, weight: filters, layout, convolution };
  const image = write.reshaped(x, given);
  const [batch, , height, width] = given;
  const turned = turnedPadding(parts);
  const isWorthTurning = batch * height * width > filters.filters && turned !== undefined;
  let result: string;
  if (isImageItself(layout)) result = product(image, weight, parts, write);
  else if (isWorthTurning) result = turnedConvolution(image, weight, turned, parts, write);
  else result = transposedConvolution(image, weight, parts, write);
  return write.reshaped(
    result,
    axes.map((axis) => axis.size),
  );
}

function product(image: string, weight: string, parts: Parts, write: OnnxWriter): string {
  const { given, weight: size, convolution } = parts;
  const { groups } = convolution;
  const [batch, , height, width] = given;
  const perGroup = size.filters / groups;
  const entries = size.channels * size.kernel.height * size.kernel.width;
  const factors = [
    // Swapped right before the product, which then reads them so.
    write.transposed(write.reshaped(weight, [groups, perGroup, entries]), [0, 2, 1]),
    write.reshaped(image, [batch, groups, perGroup, height * width]),
  ];
  return write.node("MatMul", factors);
}

/** How much to pad a convolution that undoes this one, if it has a stride of 1 and can be padded so. */
function turnedPadding({ layout, convolution }: Parts): Sides<Padding> | undefined {
  const along = (side: keyof Sides<unknown>): Padding => {
    const reach = convolution.dilation[side] * (layout.kernel[side] - 1);
    const { before, after } = convolution.padding[side];
    return { before: reach - before, after: reach - after };
  };
  const padding = { height: along("height"), width: along("width") };
  const { stride } = convolution;
  const fits = ({ before, after }: Padding): boolean => before >= 0 && after >= 0;
  const can = stride.height === 1 && stride.width === 1;
  return can && fits(padding.height) && fits(padding.width) ? padding : undefined;
}

function turnedConvolution(
  image: string,
  weight: string,
  padding: Sides<Padding>,
  { weight: size, layout, convolution }: Parts,
  write: OnnxWriter,
): string {
  const { groups } = convolution;
  const { height, width } = size.kernel;
  const entries = height * width;
  const perGroup = size.filters / groups;
  const filters = write.reshaped(weight, [groups, perGroup, size.channels, entries]);
  // Backwards through the entries of a kernel: both its sides at once.
  const turned = write.node("Slice", [
    write.transposed(filters, [0, 2, 1, 3]),
    write.integers([-1]),
    write.integers([-entries - 1]),
    write.integers([3]),
    write.integers([-1]),
  ]);
  const sizes = [layout.image.channels, perGroup, height, width];
  const windows = { ...convolution, padding, kernel: size.kernel };
  return convOnnx(image, write.reshaped(turned, sizes), windows, groups, perGroup, write);
}

function transposedConvolution(
  image: string,
  weight: string,
  { given, layout, convolution, weight: { kernel, channels } }: Parts,
  write: OnnxWriter,
): string {
  // Pixels behind the last window: no number of windows tells how many they are.
  const beyond = (side: keyof Sides<unknown>): number => {
    const { before, after } = convolution.padding[side];
    const extent = convolution.dilation[side] * (kernel[side] - 1) + 1;
    const seen = (layout.count[side] - 1) * convolution.stride[side] + extent;
    return layout.image[side] + before + after - seen;
  };
  const { groups } = convolution;
  const convolved = (filters: string): string =>
    write.node("ConvTranspose", [image, filters], {
      ...windowsOnnx(convolution, kernel),
      group: groups,
      output_padding: [beyond("height"), beyond("width")],
    });
  if (write.kernels !== "webgpu" || groups === 1 || channels > 1) return convolved(weight);
  // WebGPU's kernel is wrong where several filters see a single channel (ONNX Runtime 1.30): give
  // them a second one, of zeros, and leave its pixels out.
  const widened = convolved(write.node("Pad", [weight, write.integers([0, 0, 0, 0, 0, 1, 0, 0])]));
  const { height, width } = layout.image;
  const [batch] = given;
  const first = [[0], [1], [2]].map((place) => write.integers(place));
  return write.node("Slice", [
    write.reshaped(widened, [batch, groups, 2, height, width]),
    ...first,
  ]);
}
