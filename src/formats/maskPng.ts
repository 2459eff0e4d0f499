/** A mask of two labels as an 8-bit grey PNG: 0 is the background, 255 the object. */

import type { DecodedPng } from "fast-png";
import type { Mask } from "../image/pixels.ts";
import { FormatError } from "./formatError.ts";
import { checkMask, type MaskAbout, type NamedMask } from "./namedMask.ts";
import { decodePng, encodePng, labelsOf, unpacked } from "./png.ts";

/** @throws {RangeError} When there are more labels than black and white can show. */
export function writeMaskPng(mask: Mask, { labels }: Pick<MaskAbout, "labels">): Uint8Array {
  if (labels.length > 2) {
    throw new RangeError(
      `writeMaskPng: expected two labels, got ${labels.length} (${labels.join(", ")}). Write an indexed PNG.`,
    );
  }
  checkMask("writeMaskPng", mask, labels);
  const { width, height, data } = mask;
  return encodePng({ width, height, channels: 1, data: data.map((label) => label * 255), labels });
}

/**
 * Read a mask from a grey or colour PNG.
 *
 * Black and white (0 and the largest value, any depth, opaque or with any alpha) are labels 0
 * and 1. Small grey values of an 8-bit PNG in which no pixel is white are label indices.
 *
 * @throws {FormatError} Not a whole PNG, or a pixel that is neither.
 */
export function readMaskPng(bytes: Uint8Array): NamedMask {
  const png = decodePng("readMaskPng", bytes);
  if (png.palette) {
    throw new FormatError(
      "readMaskPng: expected a black and white PNG, got one with a palette. Read it as an indexed PNG.",
    );
  }
  const grey = greyOf(png);
  const white = 2 ** png.depth - 1;
  const { width, height } = png;
  const labels = labelsOf(png);
  const isBinary = png.depth !== 8 || grey.includes(white);
  const data = isBinary ? binary(grey, white, width) : Uint8Array.from(grey);
  return { mask: { width, height, data }, ...(labels && { labels }) };
}

function binary(grey: ArrayLike<number>, white: number, width: number): Uint8Array {
  const data = new Uint8Array(grey.length);
  for (let i = 0; i < data.length; i++) {
    if (grey[i] !== 0 && grey[i] !== white) {
      throw new FormatError(
        `readMaskPng: expected 0 or ${white} at every pixel, got ${grey[i]} at (${i % width}, ${Math.floor(i / width)}). Threshold the mask first.`,
      );
    }
    data[i] = grey[i] === 0 ? 0 : 1;
  }
  return data;
}

/** The one value of each pixel; alpha is passed over. */
function greyOf(png: DecodedPng): Uint8Array | Uint16Array {
  const { channels, width } = png;
  if (channels === 1) return png.depth === 16 ? Uint16Array.from(png.data) : unpacked(png);
  const grey = new Uint16Array(width * png.height);
  for (let i = 0; i < grey.length; i++) {
    const at = i * channels;
    grey[i] = png.data[at];
    if (channels >= 3 && (png.data[at + 1] !== grey[i] || png.data[at + 2] !== grey[i])) {
      throw new FormatError(
        `readMaskPng: expected a black and white mask, got a coloured pixel at (${i % width}, ${Math.floor(i / width)}). Save the mask with a palette, or as black and white.`,
      );
    }
  }
  return grey;
}
