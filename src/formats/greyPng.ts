/** A plane as an 8-bit grey PNG, to be looked at. */

import type { Plane } from "../image/pixels.ts";
import { encodePng } from "./png.ts";

export interface GreyOptions {
  /** The value drawn black. @default 0 */
  readonly black?: number;
  /** The value drawn white. @default 1 */
  readonly white?: number;
}

/**
 * Write a plane; values outside the range are drawn black or white.
 *
 * @throws {RangeError} When a value is not a number, or black and white are the same.
 */
export function writeGreyPng(plane: Plane, { black = 0, white = 1 }: GreyOptions = {}): Uint8Array {
  if (!(Math.abs(white - black) > 0)) {
    throw new RangeError(`writeGreyPng: expected black ≠ white, got ${black} and ${white}.`);
  }
  const { width, height, data } = plane;
  const grey = new Uint8ClampedArray(data.length);
  const scale = 255 / (white - black);
  for (let i = 0; i < data.length; i++) {
    if (Number.isNaN(data[i])) {
      throw new RangeError(
        `writeGreyPng: expected numbers, got NaN at (${i % width}, ${Math.floor(i / width)}).`,
      );
    }
    grey[i] = (data[i] - black) * scale;
  }
  return encodePng({ width, height, channels: 1, data: grey });
}
