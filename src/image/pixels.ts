/**
 * Pixels as values. Positions are in image pixels: x to the right, y down,
 * (0, 0) the centre of the top-left pixel; rows are stored top to bottom.
 */

/** A width and a height in pixels, both whole and at least 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A decoded picture: red, green, blue, 8 bits each, `[height, width, 3]`, sRGB, no alpha. */
export interface Picture extends Size {
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One number per pixel, `[height, width]`; what it means and its range is said where it is made. */
export interface Plane extends Size {
  readonly data: Float32Array;
}

/** One label per pixel, `[height, width]`: an index into a list of labels, 0 = background. */
export interface Mask extends Size {
  readonly data: Uint8Array;
}

/** A position in image pixels. */
export interface PixelPoint {
  readonly unit: "pixel";
  readonly x: number;
  readonly y: number;
}

/** The position (x, y) in image pixels. */
export function pixel(x: number, y: number): PixelPoint {
  return { unit: "pixel", x, y };
}
