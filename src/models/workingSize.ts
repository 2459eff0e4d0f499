import type { Size } from "../image/pixels.ts";

/** Sides are multiples of this, so that few sizes exist and few graphs are made. */
const SIDE_STEP = 32;

/**
 * The size at which a network looks at a picture: the longer side is `side`, the shorter in
 * proportion, both rounded to whole steps. A photo is stretched by a few per cent and nothing is
 * padded; a strip is widened until it can be seen.
 *
 * @param step What sides are multiples of. @default 32
 */
export function workingSize({ width, height }: Size, side: number, step: number = SIDE_STEP): Size {
  const scale = side / Math.max(width, height);
  const along = (length: number): number => Math.max(1, Math.round((length * scale) / step)) * step;
  return { width: along(width), height: along(height) };
}
