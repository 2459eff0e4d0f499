import type { Sides, Windows } from "./attributes.ts";
import type { OnnxWriter } from "./onnxWriter.ts";
import { windowsOnnx } from "./windows.ts";

/**
 * ONNX's convolution.
 *
 * @param image   `[batch, channels, height, width]`.
 * @param weight  `[filters, channels / groups, kernelHeight, kernelWidth]`.
 * @param windows How they lie, and how large they are.
 */
export function convOnnx(
  image: string,
  weight: string,
  { kernel, ...windows }: Windows & { readonly kernel: Sides<number> },
  groups: number,
  write: OnnxWriter,
): string {
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
