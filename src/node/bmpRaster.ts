/** BMP files, in which GrabCut is published, to red, green and blue; palettes become colours. */

import { decode } from "bmp-ts";
import type { Raster } from "../data/index.ts";
import { FormatError } from "../formats/index.ts";

/** Larger pictures are refused before they are decoded. */
const MAX_PIXELS = 200e6;
/** After the file's header (14 bytes) and the size of the next: width, then height, 4 bytes each. */
const WIDTH_AT = 18;

export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d;
}

/** @throws {FormatError} Damaged, truncated, or of more than 200 million pixels. */
export function bmpRaster(bytes: Uint8Array): Raster {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const width = buffer.readInt32LE(WIDTH_AT);
    const height = Math.abs(buffer.readInt32LE(WIDTH_AT + 4));
    if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
      throw new RangeError(`${width}×${height} pixels`);
    }
    // Alpha, blue, green, red: the decoder's option for another order passes over palettes.
    const { data } = decode(buffer);
    const colours = new Uint8Array(3 * width * height);
    for (let at = 0; at < width * height; at++) {
      colours.set([data[4 * at + 3], data[4 * at + 2], data[4 * at + 1]], 3 * at);
    }
    return { width, height, channels: 3, data: colours };
  } catch (cause) {
    throw new FormatError(
      `bmpRaster: expected a whole BMP of at most ${MAX_PIXELS / 1e6} million pixels, got "${(cause as Error).message}".`,
      { cause },
    );
  }
}
