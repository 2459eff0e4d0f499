/** The adjoint of a convolution in the weights as ONNX: columns of windows, and one product. */

import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Sides } from "../attributes.ts";
import type { NodeOf } from "../node.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { isImageItself } from "./columns.ts";
import { convOnnx } from "./convOnnx.ts";
import { imageSizes } from "./windows.ts";

export function convolveWeightAdjointOnnx(
  [x, upstream]: readonly string[],
  { inputs, axes, attributes }: NodeOf<"convolveWeightAdjoint">,
  write: OnnxWriter,
): string {
  const { kernel, groups } = attributes;
  const [batch, channels, ...size] = imageSizes(inputs[0].axes);
  const [, filters, ...windows] = imageSizes(inputs[1].axes);
  const image = { channels, height: size[0], width: size[1] };
  const count = { height: windows[0], width: windows[1] };
  // A convolution of every channel by itself, whose filters each pick one entry of the window, lays
  // the windows out as columns: one node, no slower than a slice per entry, faster with a stride.
  // Channels count as images: WebGPU's grouped convolutions are not all right (ONNX Runtime 1.30).
  const planes = batch * channels;
  const columns = isImageItself({ image, kernel, count, windows: attributes })
    ? x
    : convOnnx(
        write.reshaped(x, [planes, 1, ...size]),
        write.constant(pickingFilters(kernel)),
        attributes,
        1,
        1,
        write,
      );
  const places = count.height * count.width;
  const lines = filters / groups;
  const terms = (channels / groups) * kernel.height * kernel.width;
  const product = (left: string, right: string, swapped: readonly number[]): string =>
    // Swapped right before the product, which then reads them so.
    write.node("MatMul", [left, write.transposed(right, swapped)]);
  const perImage = (value: string, rows: number): string =>
    write.reshaped(value, [batch, groups, rows, places]);
  const allImages = (value: string, rows: number): string => {
    const own = perImage(value, rows);
    const together = batch === 1 ? own : write.transposed(own, [1, 2, 0, 3]);
    return write.reshaped(together, [groups, rows, batch * places]);
  };
  // Images are brought together before one product, or the products of all images added up: what
  // moves fewer numbers.
  const total =
    batch === 1 || places * (lines + terms) < lines * terms
      ? product(allImages(upstream, lines), allImages(columns, terms), [0, 2, 1])
      : write.node(
          "ReduceSum",
          [
            product(perImage(upstream, lines), perImage(columns, terms), [0, 1, 3, 2]),
            write.integers([0]),
          ],
          { keepdims: 0 },
        );
  return write.reshaped(
    total,
    axes.map((axis) => axis.size),
  );
}

/** One filter per entry of the window, 1 there and 0 elsewhere. */
function pickingFilters({ height, width }: Sides<number>): HostTensor {
  const filters = height * width;
  const weights = new Float32Array(filters * filters);
  for (let filter = 0; filter < filters; filter++) weights[filter * filters + filter] = 1;
  return tensor({ filters, channels: 1, kernelHeight: height, kernelWidth: width }, weights);
}
