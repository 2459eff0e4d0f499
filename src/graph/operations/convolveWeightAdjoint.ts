import { describeAxes, ShapeError, sizeOf } from "../../tensor/hostTensor.ts";
import { sameLayout } from "../../tensor/layOut.ts";
import type { ConvolutionOptions, Sides } from "../attributes.ts";
import { multiplyMatrices } from "../kernels/matrixProduct.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";
import { columnsOf } from "../windows/columns.ts";
import {
  checkConvolution,
  checkDivides,
  convolutionOf,
  weightAxes,
} from "../windows/convolution.ts";
import { convolveWeightAdjointOnnx } from "../windows/convolveWeightAdjointOnnx.ts";
import { asImage, imageAxes, imageSize, withLast } from "../windows/windows.ts";

export const convolveWeightAdjointOperation: Operation<"convolveWeightAdjoint"> = {
  name: "convolveWeightAdjoint",
  shape: ([x, upstream], { kernel, ...convolution }) => {
    const kind = commonKind("convolveWeightAdjoint", [x, upstream], ["float"]);
    const { batch, ...image } = imageSize("convolveWeightAdjoint", "x", x);
    const { channels: filters } = imageSize("convolveWeightAdjoint", "upstream", upstream);
    const { groups } = convolution;
    checkDivides("convolveWeightAdjoint", "channels", image.channels, groups);
    const weight = { filters, channels: image.channels / groups, kernel };
    const count = checkConvolution("convolveWeightAdjoint", image, weight, convolution);
    const expected = imageAxes(batch, filters, count);
    const fits = expected.every(({ size }, i) => upstream.axes[i]?.size === size);
    if (!fits || !sameLayout(expected, upstream.axes)) {
      throw new ShapeError(
        `convolveWeightAdjoint: expected upstream ${describeAxes(expected)}, as a convolution of ` +
          `x gives, got ${describeAxes(upstream.axes)}.`,
      );
    }
    return { axes: weightAxes(weight), kind };
  },
  evaluate: ([x, upstream], { kernel, ...convolution }, target, spare) => {
    const { batch, ...image } = imageSize("convolveWeightAdjoint", "x", x);
    const { channels: filters, ...count } = imageSize(
      "convolveWeightAdjoint",
      "upstream",
      upstream,
    );
    const { groups } = convolution;
    const terms = count.height * count.width;
    const lines = filters / groups;
    const columnLines = (image.channels / groups) * kernel.height * kernel.width;
    const columns = columnsOf(x.data, { image, kernel, count, windows: convolution });
    const product = new Float64Array(filters * columnLines);
    const totals = new Float64Array(product.length);
    for (let at = 0; at < sizeOf(batch); at++) {
      multiplyMatrices(
        product,
        {
          data: upstream.data.subarray(at * filters * terms, (at + 1) * filters * terms),
          lines,
          terms,
          lineStep: terms,
          termStep: 1,
        },
        { data: columns(at), lines: columnLines, terms, lineStep: terms, termStep: 1 },
        groups,
      );
      for (let i = 0; i < totals.length; i++) totals[i] += product[i];
    }
    const data = arrayFor(target, spare);
    data.set(totals);
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: ([x, upstream], { attributes }, weight, write) => {
    const { height, width } = imageSize("convolveWeightAdjoint", "x", x);
    return [
      write.convolveTransposed(upstream, weight, { height, width }, attributes),
      write.convolve(x, weight, attributes),
    ];
  },
  onnx: convolveWeightAdjointOnnx,
};

/**
 * The adjoint of `convolve` in the weights, summed over all images: what a gradient with respect to
 * the result says of them.
 *
 *     ⟨convolve(x, weight), upstream⟩ = ⟨weight, convolveWeightAdjoint(x, upstream, …)⟩
 *
 * @param x        `[…, channels, height, width]` in any order.
 * @param upstream What a convolution of `x` looks like, its axes in any order.
 * @param kernel   Height and width of the kernel.
 * @param options  Those of the convolution.
 * @returns `[filters, channels, kernelHeight, kernelWidth]`.
 * @throws {ShapeError} When upstream is not what a convolution of x gives.
 * @throws {RangeError} When an option is out of range.
 */
export function convolveWeightAdjoint(
  x: Node,
  upstream: Node,
  kernel: Sides<number>,
  options: ConvolutionOptions = {},
): Node {
  const image = asImage(x);
  const attributes = { ...convolutionOf("convolveWeightAdjoint", options), kernel };
  const like = withLast(
    upstream,
    image.axes.map(({ name }) => name),
  );
  return apply(convolveWeightAdjointOperation, [image, like], attributes);
}
