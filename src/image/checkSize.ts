/** What holds for every size that an image operation is asked for. */

import type { Size } from "./pixels.ts";

/**
 * @param who The operation that was asked.
 * @throws {RangeError} When width or height is no whole number of at least 1.
 */
export function checkSize(who: string, { width, height }: Size): void {
  if (Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1) return;
  throw new RangeError(`${who}: expected whole sides of at least 1 pixel, got ${width}×${height}.`);
}
