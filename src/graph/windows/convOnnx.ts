import type { Sides, Windows } from "../attributes.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { windowsOnnx } from "./windows.ts";

/**
 * ONNX's convolution.
 *
 * @param image    `[batch, channels, height, width]`.
 * @param weight   `[filters, channels / groups, kernelHeight, kernelWidth]`.
 * @param windows  How they lie, and how large they are.
 * @param channels Those that a filter sees.
 */
export function convOnnx(
  image: string,
  weight: string,
  { kernel, ...windows }: Windows & { readonly kernel: Sides<number> },
  groups: number,
  channels: number,
  write: OnnxWriter,
): string {
  const missing = write.kernels === "webgpu" && groups === 1 && channels > 1 ? -channels & 3 : 0;
  if (missing > 0) {
    // WebGPU's kernels are wrong for some numbers of channels that 4 does not divide (ONNX Runtime
    // 1.30): channels of zeros make up for it.
    const widths = write.integers([0, 0, 0, 0, 0, missing, 0, 0]);
    const [more, wider] = [image, weight].map((value) => write.node("Pad", [value, widths]));
    return convOnnx(more, wider, { kernel, ...windows }, groups, channels + missing, write);
  }
  const { pads, ...steps } = windowsOnnx(windows, kernel);
  const isPadded = pads.some((pixels) => pixels > 0);
  if (kernel.height * kernel.width > 1 || !isPadded) {
    return write.node("Conv", [image, weight], { ...steps, pads, group: groups });
  }
  // WebGPU's kernel for single pixels does not know of padding (ONNX Runtime 1.30).
  const [top, left, bottom, right] = pads;
  const widths = write.integers([0, 0, top, left, 0, 0, bottom, right]);
  const padded = write.node("Pad", [image, widths]);
  return write.node("Conv", [padded, weight], { ...steps, group: groups });
}
