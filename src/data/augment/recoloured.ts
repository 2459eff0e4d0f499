/** Other light, another camera: the colours of a picture changed a little, and its sharpness. */

import { gaussianBlur } from "../../image/blur.ts";
import type { Picture } from "../../image/pixels.ts";

/** Factors on the distance to black, to middle grey, and to the grey of the same brightness; 1 changes nothing. */
export interface ColourChange {
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

const MIDDLE = 127.5;
/** Luma of sRGB numbers (BT.601), good enough for a grey. */
const LUMA = [0.299, 0.587, 0.114] as const;

export function recoloured(
  picture: Picture,
  { brightness, contrast, saturation }: ColourChange,
): Picture {
  const data = new Uint8ClampedArray(picture.data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [picture.data[at], picture.data[at + 1], picture.data[at + 2]];
    const grey = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
    for (let channel = 0; channel < 3; channel++) {
      const coloured = grey + saturation * (picture.data[at + channel] - grey);
      data[at + channel] = MIDDLE + contrast * (brightness * coloured - MIDDLE);
    }
  }
  return { ...picture, data };
}

/** @param sigma In pixels, ≥ 0. */
export function blurred({ width, height, data }: Picture, sigma: number): Picture {
  const result = new Uint8ClampedArray(data.length);
  for (let channel = 0; channel < 3; channel++) {
    const plane = Float32Array.from({ length: width * height }, (_, at) => data[3 * at + channel]);
    const soft = gaussianBlur({ width, height, data: plane }, sigma);
    for (let at = 0; at < soft.data.length; at++) result[3 * at + channel] = soft.data[at];
  }
  return { width, height, data: result };
}
