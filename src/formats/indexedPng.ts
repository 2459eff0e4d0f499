/** A mask as a PNG whose pixels are label indices and whose palette colours them, as in PASCAL VOC. */

import type { Mask } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";
import { FormatError } from "./formatError.ts";
import { labelColour } from "./labelColours.ts";
import { checkMask, type MaskAbout, type NamedMask } from "./namedMask.ts";
import { decodePng, encodePng, labelsOf, unpacked } from "./png.ts";

/** Write label indices; the palette has one colour per label, and one for `UNSURE` where there is any. */
export function writeIndexedPng(mask: Mask, { labels }: Pick<MaskAbout, "labels">): Uint8Array {
  checkMask("writeIndexedPng", mask, labels, true);
  const { width, height, data } = mask;
  const colours = data.includes(UNSURE) ? UNSURE + 1 : labels.length;
  const palette = Array.from({ length: colours }, (_, label) => labelColour(label));
  return encodePng({ width, height, channels: 1, data, palette, labels });
}

/**
 * Read label indices as they are; those of pixels that are left undecided are `UNSURE`.
 *
 * @throws {FormatError} Not a whole PNG with a palette.
 */
export function readIndexedPng(bytes: Uint8Array): NamedMask {
  const png = decodePng("readIndexedPng", bytes);
  if (!png.palette) {
    throw new FormatError(
      "readIndexedPng: expected a PNG with a palette, got one without. Read it as a mask PNG.",
    );
  }
  const { width, height } = png;
  const labels = labelsOf(png);
  return { mask: { width, height, data: unpacked(png) }, ...(labels && { labels }) };
}
