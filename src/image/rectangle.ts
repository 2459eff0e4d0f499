/** A rectangle of whole pixels: columns `left` to `left + width − 1`, rows `top` to `top + height − 1`. */

import type { Size } from "./pixels.ts";

export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * Check that a rectangle lies in an image and has at least one pixel.
 *
 * @param who The operation that was given it.
 * @throws {RangeError} When it does not.
 */
export function checkRectangle(who: string, rectangle: Rectangle, size: Size): void {
  const { left, top, width, height } = rectangle;
  const whole = [left, top, width, height].every(Number.isInteger);
  const inside = left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
  if (whole && inside && width >= 1 && height >= 1) return;
  throw new RangeError(
    `${who}: expected whole pixels inside ${size.width}×${size.height}, got ${width}×${height} at (${left}, ${top}).`,
  );
}
