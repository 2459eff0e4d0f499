import { ShapeError, sizeOf } from "../../tensor/hostTensor.ts";
import type { ConvolutionOptions, Sides } from "../attributes.ts";
import { multiplyMatrices } from "../kernels/matrixProduct.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";
import { addColumns, isImageItself } from "../windows/columns.ts";
import { asWeight, checkConvolution, convolutionOf, weightSize } from "../windows/convolution.ts";
import { convolveTransposedOnnx } from "../windows/convolveTransposedOnnx.ts";
import { asImage, checkWhole, imageAxes, imageSize } from "../windows/windows.ts";

export const convolveTransposedOperation: Operation<"convolveTransposed"> = {
  name: "convolveTransposed",
  shape: ([x, weight], { size, ...convolution }) => {
    const kind = commonKind("convolveTransposed", [x, weight], ["float"]);
    const { batch, channels, ...given } = imageSize("convolveTransposed", "x", x);
    const { filters, ...seen } = weightSize("convolveTransposed", weight);
    const image = { ...size, channels: seen.channels * convolution.groups };
    checkWhole("convolveTransposed", "size", "height", size.height, 0);
    checkWhole("convolveTransposed", "size", "width", size.width, 0);
    if (channels !== filters) {
      throw new ShapeError(
        `convolveTransposed: axis "channels" is ${channels} in x, but weight has ${filters} ` +
          `filters. Each channel of x goes through the filter of its number.`,
      );
    }
    const count = checkConvolution("convolveTransposed", image, { filters, ...seen }, convolution);
    for (const side of ["height", "width"] as const) {
      if (count[side] === given[side]) continue;
      throw new ShapeError(
        `convolveTransposed: axis "${side}" is ${given[side]} in x, but a convolution of ` +
          `${size[side]} pixels has ${count[side]} windows there. Ask for another size.`,
      );
    }
    return { axes: imageAxes(batch, image.channels, size), kind };
  },
  evaluate: ([x, weight], { size, ...convolution }, target, spare) => {
    const { batch, ...count } = imageSize("convolveTransposed", "x", x);
    const { filters, channels, kernel } = weightSize("convolveTransposed", weight);
    const { groups } = convolution;
    const windows = count.height * count.width;
    const lines = channels * kernel.height * kernel.width;
    const terms = filters / groups;
    const image = { ...size, channels: channels * groups };
    const layout = { image, kernel, count, windows: convolution };
    const pixels = image.channels * size.height * size.width;
    const data = arrayFor(target, spare);
    // In doubles, whatever the run: pixels are sums over the windows that see them.
    const columns = new Float64Array(groups * lines * windows);
    const totals = isImageItself(layout) ? columns : new Float64Array(pixels);
    for (let at = 0; at < sizeOf(batch); at++) {
      multiplyMatrices(
        columns,
        { data: weight.data, lines, terms, lineStep: 1, termStep: lines },
        {
          data: x.data.subarray(at * filters * windows, (at + 1) * filters * windows),
          lines: windows,
          terms,
          lineStep: 1,
          termStep: windows,
        },
        groups,
      );
      if (totals !== columns) {
        totals.fill(0);
        addColumns(totals, columns, layout);
      }
      data.set(totals, at * pixels);
    }
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: ([x, weight], { attributes }, upstream, write) => [
    write.convolve(upstream, weight, attributes),
    write.convolveWeightAdjoint(
      upstream,
      x,
      weightSize("convolveTransposed", weight).kernel,
      attributes,
    ),
  ],
  onnx: convolveTransposedOnnx,
};

/**
 * The adjoint of `convolve` in the image, also known as the transposed convolution: every number of
 * `x` is spread over the window it would have been summed from.
 *
 *     ⟨convolve(image, weight), x⟩ = ⟨image, convolveTransposed(x, weight, …)⟩
 *
 * @param x       `[…, channels, height, width]` in any order, as many channels as filters.
 * @param weight  `[filters, channels, kernelHeight, kernelWidth]` in any order.
 * @param size    Height and width of the result. With a stride, images of several sizes have as
 *                many windows.
 * @param options Those of the convolution.
 * @returns `[…, channels, height, width]`, the weight's channels of all groups.
 * @throws {ShapeError} When x is not what a convolution of such an image gives.
 * @throws {RangeError} When an option is out of range.
 */
export function convolveTransposed(
  x: Node,
  weight: Node,
  size: Sides<number>,
  options: ConvolutionOptions = {},
): Node {
  const attributes = { ...convolutionOf("convolveTransposed", options), size };
  return apply(convolveTransposedOperation, [asImage(x), asWeight(weight)], attributes);
}
