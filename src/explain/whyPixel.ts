/** Why one pixel has its label: who accounts for how much of it. */

import type { PixelPoint, Size } from "../image/pixels.ts";
import type { Explanation, Source } from "../models/explanation.ts";

export interface Reason {
  readonly source: Source;
  /** In [0, 1]; those of a pixel sum to one. */
  readonly share: number;
}

/**
 * The reasons of a pixel, the weightiest first; between places of the explanation's grid shares are
 * interpolated.
 *
 * @param at   In pixels of the picture.
 * @param size Of the picture.
 * @throws {RangeError} Outside the picture.
 */
export function whyPixel(
  { width, height, sources, shares }: Explanation,
  at: PixelPoint,
  size: Size,
): readonly Reason[] {
  if (!(at.x > -1 && at.y > -1 && at.x < size.width && at.y < size.height)) {
    throw new RangeError(
      `whyPixel: expected a place in the picture of ${size.width}×${size.height}, got (${at.x}, ${at.y}).`,
    );
  }
  const columns = between(((at.x + 0.5) * width) / size.width - 0.5, width);
  const rows = between(((at.y + 0.5) * height) / size.height - 0.5, height);
  const reasons = sources.map((source, index): Reason => {
    let share = 0;
    for (const [row, down] of rows) {
      for (const [column, across] of columns) {
        share += down * across * shares[(index * height + row) * width + column];
      }
    }
    return { source, share };
  });
  return reasons.sort((a, b) => b.share - a.share);
}

/** The two places of a grid's side beside a position, and their weights. */
function between(position: number, size: number): readonly (readonly [number, number])[] {
  const inside = Math.min(size - 1, Math.max(0, position));
  const first = Math.min(size - 1, Math.floor(inside));
  const beyond = inside - first;
  return [
    [first, 1 - beyond],
    [Math.min(size - 1, first + 1), beyond],
  ];
}
