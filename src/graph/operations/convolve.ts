import { sizeOf } from "../../tensor/hostTensor.ts";
import type { ConvolutionOptions } from "../attributes.ts";
import { multiplyMatrices } from "../kernels/matrixProduct.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";
import { columnsOf, isImageItself } from "../windows/columns.ts";
import { convOnnx } from "../windows/convOnnx.ts";
import { asWeight, checkConvolution, convolutionOf, weightSize } from "../windows/convolution.ts";
import { asImage, imageAxes, imageSize, imageSizes } from "../windows/windows.ts";

export const convolveOperation: Operation<"convolve"> = {
  name: "convolve",
  shape: ([x, weight], convolution) => {
    const kind = commonKind("convolve", [x, weight], ["float"]);
    const image = imageSize("convolve", "x", x);
    const size = weightSize("convolve", weight);
    const count = checkConvolution("convolve", image, size, convolution);
    return { axes: imageAxes(image.batch, size.filters, count), kind };
  },
  evaluate: ([x, weight], convolution, target, spare) => {
    const { batch, ...image } = imageSize("convolve", "x", x);
    const { filters, channels, kernel } = weightSize("convolve", weight);
    const { height, width } = imageSize("convolve", "the result", target);
    const windows = height * width;
    const terms = channels * kernel.height * kernel.width;
    const { groups } = convolution;
    const lines = filters / groups;
    const data = arrayFor(target, spare);
    const columns = columnsOf(x.data, {
      image,
      kernel,
      count: { height, width },
      windows: convolution,
    });
    for (let at = 0; at < sizeOf(batch); at++) {
      multiplyMatrices(
        data.subarray(at * filters * windows, (at + 1) * filters * windows),
        { data: weight.data, lines, terms, lineStep: terms, termStep: 1 },
        { data: columns(at), lines: windows, terms, lineStep: 1, termStep: windows },
        groups,
      );
    }
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: ([x, weight], output, upstream, write) => {
    const { height, width } = imageSize("convolve", "x", x);
    const { kernel } = weightSize("convolve", weight);
    return [
      write.convolveTransposed(upstream, weight, { height, width }, output.attributes),
      write.convolveWeightAdjoint(x, upstream, kernel, output.attributes),
    ];
  },
  onnx: ([x, weight], { inputs: [image, filters], axes, attributes }, write) => {
    const { filters: lines, channels, kernel } = weightSize("convolve", filters);
    const { groups } = attributes;
    const { batch: _, ...sees } = imageSize("convolve", "x", image);
    const { height, width } = imageSize("convolve", "the result", { axes });
    const layout = { image: sees, kernel, count: { height, width }, windows: attributes };
    const sizes = imageSizes(image.axes);
    const entries = kernel.height * kernel.width;
    const own = axes.map((axis) => axis.size);
    if (entries > 1 && isImageItself(layout)) {
      // One window that sees all: a product of matrices, and no kernel has to know that.
      const product = write.node("MatMul", [
        write.reshaped(weight, [groups, lines / groups, channels * entries]),
        write.reshaped(x, [sizes[0], groups, channels * entries, 1]),
      ]);
      return write.reshaped(product, own);
    }
    const windows = { ...attributes, kernel };
    const result = convOnnx(write.reshaped(x, sizes), weight, windows, groups, channels, write);
    write.noteSizes(result, [sizes[0], lines, height, width]);
    return write.reshaped(result, own);
  },
};

/**
 * Weighted sums over windows that slide over images, as networks mean by a convolution (the kernel
 * is not flipped):
 *
 *     out[f, y, x] = Σ_{c, i, j} w[f, c, i, j] · x[c, y·stride − before + i·dilation, …]
 *
 * with zeros beyond the border. The result's channels are the filters, so that convolutions follow
 * one another without renaming.
 *
 * @param x      `[…, channels, height, width]` in any order; other axes are batch axes.
 * @param weight `[filters, channels, kernelHeight, kernelWidth]` in any order; its channels are
 *               those of one group.
 * @returns `[…, channels, height, width]`, `⌊(size + padding − extent) / stride⌋ + 1` windows along
 *   each side, where the extent of a kernel is `dilation · (kernel − 1) + 1`.
 * @throws {ShapeError} When channels, filters and groups do not fit, or no window does.
 * @throws {RangeError} When a stride, padding, dilation or number of groups is out of range.
 */
export function convolve(x: Node, weight: Node, options: ConvolutionOptions = {}): Node {
  const attributes = convolutionOf("convolve", options);
  return apply(convolveOperation, [asImage(x), asWeight(weight)], attributes);
}
