/** The adjoint of a convolution in the weights as ONNX: columns of windows, and one product. */

import { type HostTensor, tensor } from "../tensor/hostTensor.ts";
import type { Sides } from "./attributes.ts";
import { isImageItself } from "./columns.ts";
import type { NodeOf } from "./node.ts";
import type { OnnxWriter } from "./onnxWriter.ts";
import { imageSizes, windowsOnnx } from "./windows.ts";

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
  const pixels = write.reshaped(x, [batch, channels, ...size]);
  // A convolution whose filters each pick one entry of the window lays the windows out as columns;
  // it is one node, no slower than a slice per entry, and faster where there is a stride.
  const columns = isImageItself({ image, kernel, count, windows: attributes })
    ? pixels
    : write.node("Conv", [pixels, write.constant(pickingFilters(channels, kernel))], {
        ...windowsOnnx(attributes, kernel),
        group: channels,
      });
  const places = count.height * count.width;
  const terms = (channels / groups) * kernel.height * kernel.width;
  const product = write.node("MatMul", [
    write.reshaped(upstream, [batch, groups, filters / groups, places]),
    write.transposed(write.reshaped(columns, [batch, groups, terms, places]), [0, 1, 3, 2]),
  ]);
  const total =
    batch === 1
      ? product
      : write.node("ReduceSum", [product, write.integers([0])], { keepdims: 0 });
  return write.reshaped(
    total,
    axes.map((axis) => axis.size),
  );
}

/** For every channel one filter per entry of the window, 1 there and 0 elsewhere. */
function pickingFilters(channels: number, { height, width }: Sides<number>): HostTensor {
  const entries = height * width;
  const weights = new Float32Array(channels * entries * entries);
  for (let filter = 0; filter < channels * entries; filter++) {
    weights[filter * entries + (filter % entries)] = 1;
  }
  const filters = channels * entries;
  return tensor({ filters, channels: 1, kernelHeight: height, kernelWidth: width }, weights);
}
