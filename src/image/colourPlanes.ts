import type { Picture } from "./pixels.ts";

/** Red, green and blue of every pixel, 0 … 1, one plane after the other: `[channels, height, width]`. */
export function colourPlanes({ width, height, data }: Picture): Float32Array {
  const pixels = width * height;
  const planes = new Float32Array(3 * pixels);
  for (let at = 0; at < pixels; at++) {
    for (let channel = 0; channel < 3; channel++) {
      planes[channel * pixels + at] = data[3 * at + channel] / 255;
    }
  }
  return planes;
}
