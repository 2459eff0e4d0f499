/** World files: six numbers that say where on a map the pixels of an image beside them are. */

import { FormatError } from "../formatError.ts";
import type { Georeference } from "./annotations.ts";

/** Endings of world files: `.wld`, or the image's with a `w` for its middle. */
export const WORLD_FILE: RegExp = /\.(?:wld|tfw|tifw|tiffw|jgw|jpgw|jpegw|pgw|pngw)$/i;

/**
 * The lines A, D, B, E, C, F: `X = A x + B y + C`, `Y = D x + E y + F` with (0, 0) the centre of the
 * top-left pixel.
 *
 * @throws {FormatError} Not six numbers, or no way back from the map.
 */
export function worldFile(path: string, bytes: Uint8Array): Georeference {
  const numbers = new TextDecoder().decode(bytes).trim().split(/\s+/).map(Number);
  const [a, d, b, e, c, f] = numbers;
  const isSound = numbers.length === 6 && numbers.every(Number.isFinite) && a * e - b * d !== 0;
  if (!isSound) {
    throw new FormatError(
      `${path}: expected the six numbers of a world file, got ${numbers.length}.`,
    );
  }
  // Here (0, 0) is the corner of that pixel.
  return { transform: [c - a / 2 - b / 2, a, b, f - d / 2 - e / 2, d, e] };
}
