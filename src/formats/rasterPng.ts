/** PNG files whose samples mean something by themselves: read exactly, without colour management. */

import type { Size } from "../image/pixels.ts";
import { FormatError } from "./formatError.ts";
import { decodePng } from "./png.ts";

/**
 * The samples of a PNG as they are stored, `[height, width, channels]`; palettes become colours.
 *
 * @throws {FormatError} Not a whole PNG, or not of 8 bits a sample.
 */
export function readRasterPng(
  bytes: Uint8Array,
): Size & { readonly channels: number; readonly data: Uint8Array } {
  const { width, height, channels, depth, data, palette } = decodePng("readRasterPng", bytes);
  if (depth !== 8) {
    throw new FormatError(
      `readRasterPng: expected 8 bits a sample, got ${depth}. Save the mask as 8-bit greyscale.`,
    );
  }
  const samples = Uint8Array.from(data);
  if (palette === undefined) return { width, height, channels, data: samples };
  const colours = new Uint8Array(width * height * 3);
  samples.forEach((index, at) => {
    colours.set((palette[index] ?? [0, 0, 0]).slice(0, 3), 3 * at);
  });
  return { width, height, channels: 3, data: colours };
}
