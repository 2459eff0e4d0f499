/**
 * Where on a map the pixels of an image are, as GDAL and world files say it:
 *
 *     X = a + b x + c y,   Y = d + e x + f y
 *
 * with (x, y) a corner of pixels and `transform` = [a, b, c, d, e, f].
 */

import type { Georeference } from "./annotations.ts";

/** No map: pixels are their own coordinates. */
export const PIXELS: Georeference = { transform: [0, 1, 0, 0, 0, 1] };

export function toMap(
  { transform: [a, b, c, d, e, f] }: Georeference,
  { x, y }: { readonly x: number; readonly y: number },
): readonly [number, number] {
  return [a + b * x + c * y, d + e * x + f * y];
}

/**
 * Coordinates of a map may have lost digits on their way: what is this near to a corner of pixels is
 * that corner.
 */
const SNAP = 1e-4;

export function fromMap(
  { transform: [a, b, c, d, e, f] }: Georeference,
  mapX: number,
  mapY: number,
): { readonly x: number; readonly y: number } {
  const determinant = b * f - c * e;
  const [dx, dy] = [mapX - a, mapY - d];
  return {
    x: snapped((f * dx - c * dy) / determinant),
    y: snapped((b * dy - e * dx) / determinant),
  };
}

function snapped(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < SNAP ? whole : value;
}
