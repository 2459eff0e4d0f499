/** The outline of every label, along the borders of pixels, so that it is exact at any zoom. */

import type { Mask } from "maskwise";
import { type Patch, sampleAt } from "./patch.ts";

/** Paths by label, in picture pixels from the picture's top-left corner. */
export function outlines(mask: Mask, patch: Patch): ReadonlyMap<number, Path2D> {
  const { x, y, columns, rows, step } = patch;
  const { labels, wide } = framed(mask, patch);
  const paths = new Map<number, Path2D>();
  const pathOf = (label: number): Path2D => {
    const path = paths.get(label) ?? new Path2D();
    paths.set(label, path);
    return path;
  };
  for (let row = 0; row <= rows; row++) {
    const start = (row + 1) * wide + 1;
    trace(labels, start, 1, wide, columns, (label, from, to) => {
      const path = pathOf(label);
      path.moveTo(x + from * step, y + row * step);
      path.lineTo(x + to * step, y + row * step);
    });
  }
  for (let column = 0; column <= columns; column++) {
    const start = wide + column + 1;
    trace(labels, start, wide, 1, rows, (label, from, to) => {
      const path = pathOf(label);
      path.moveTo(x + column * step, y + from * step);
      path.lineTo(x + column * step, y + to * step);
    });
  }
  return paths;
}

/**
 * The samples of a patch with a frame of one sample around them: background where the picture
 * ends, the nearest sample where only the patch does, as no outline runs there.
 */
function framed(
  { width, height, data }: Mask,
  { x, y, columns, rows, step }: Patch,
): { readonly labels: Uint8Array; readonly wide: number } {
  const wide = columns + 2;
  const labels = new Uint8Array(wide * (rows + 2));
  for (let row = -1; row <= rows; row++) {
    const line = y + row * step;
    if (line < 0 || line >= height) continue;
    const start = sampleAt(y, Math.min(rows - 1, Math.max(0, row)), step, height) * width;
    for (let column = -1; column <= columns; column++) {
      const place = x + column * step;
      if (place < 0 || place >= width) continue;
      const nearest = Math.min(columns - 1, Math.max(0, column));
      const label = data[start + sampleAt(x, nearest, step, width)] ?? 0;
      labels[(row + 1) * wide + column + 1] = label;
    }
  }
  return { labels, wide };
}

/**
 * Find the runs along a line of pixel borders where the labels on its two sides differ.
 *
 * @param start  Index of the first sample behind the line.
 * @param along  From one sample to the next along the line.
 * @param across From a sample behind the line to the one before it.
 */
function trace(
  labels: Uint8Array,
  start: number,
  along: number,
  across: number,
  length: number,
  draw: (label: number, from: number, to: number) => void,
): void {
  let from = 0;
  let before = 0;
  let behind = 0;
  for (let i = 0; i <= length; i++) {
    const at = start + i * along;
    const nextBefore = i < length ? (labels[at - across] ?? 0) : 0;
    const nextBehind = i < length ? (labels[at] ?? 0) : 0;
    if (nextBefore === before && nextBehind === behind) continue;
    if (before !== behind) {
      if (before > 0) draw(before, from, i);
      if (behind > 0) draw(behind, from, i);
    }
    from = i;
    before = nextBefore;
    behind = nextBehind;
  }
}
