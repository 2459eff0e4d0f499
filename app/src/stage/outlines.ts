/**
 * The outline of every label along the borders of pixels, exact at any zoom: a line in the label's
 * colour on a dark one. Painted pixel by pixel, its cost is that of the borders in sight, however
 * many shapes they belong to.
 */

import type { Mask, Size } from "maskwise";
import { type Patch, patchFor, type Sight, sampleAt } from "./patch.ts";

/** Pixels of a canvas, each one little-endian number: red, green, blue, alpha. */
export interface Canvas32 extends Size {
  readonly pixels: Uint32Array;
}

/** Widths of the outline and of the dark line under it, in CSS pixels. */
const LINE = 1.75;
const SHADOW = 3.5;

/** Black, at two fifths. */
const SHADOW_COLOUR = 0x66000000;

/** A border between two samples of a patch, by the sample behind it, and the label it outlines. */
type Border = (isUpright: boolean, column: number, row: number, label: number) => void;

/**
 * @param colours By label, as in `Canvas32`; 0 for a label that has no outline.
 * @param on      All of the sight, in device pixels.
 */
export function paintOutlines(mask: Mask, colours: Uint32Array, sight: Sight, on: Canvas32): void {
  // Lines of borders that are just out of sight reach into it.
  const patch = patchFor(sight, SHADOW);
  if (!patch) return;
  const paintAll = (width: number, colourOf: (label: number) => number): void => {
    const line = lineOn(on, patch, sight, Math.max(1, Math.round(width * sight.density)));
    borders(mask, patch, (isUpright, column, row, label) => {
      if (colours[label] !== 0) line(isUpright, column, row, colourOf(label));
    });
  };
  paintAll(SHADOW, () => SHADOW_COLOUR);
  paintAll(LINE, (label) => colours[label] ?? 0);
}

/** Go through all borders between labels; where two objects meet, the border outlines both. */
function borders(mask: Mask, patch: Patch, visit: Border): void {
  const { labels, wide } = framed(mask, patch);
  const visitBetween = (isUpright: boolean, column: number, row: number, before: number): void => {
    const at = (row + 1) * wide + column + 1;
    const own = labels[at] ?? 0;
    const other = labels[at - before] ?? 0;
    if (other === own) return;
    if (other > 0) visit(isUpright, column, row, other);
    if (own > 0) visit(isUpright, column, row, own);
  };
  for (let row = 0; row <= patch.rows; row++) {
    for (let column = 0; column <= patch.columns; column++) {
      if (row < patch.rows) visitBetween(true, column, row, 1);
      if (column < patch.columns) visitBetween(false, column, row, wide);
    }
  }
}

/**
 * The samples of a patch with a frame of one sample around them: background where the picture
 * ends, what is there where only the patch does.
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
    const start = sampleAt(y, row, step, height) * width;
    for (let column = -1; column <= columns; column++) {
      const place = x + column * step;
      if (place < 0 || place >= width) continue;
      labels[(row + 1) * wide + column + 1] = data[start + sampleAt(x, column, step, width)] ?? 0;
    }
  }
  return { labels, wide };
}

/** Paints the border of a sample as a bar, `thick` device pixels wide and so much longer. */
function lineOn(
  { width, height, pixels }: Canvas32,
  { x, y, step }: Patch,
  { frame, density, picture }: Sight,
  thick: number,
): (isUpright: boolean, column: number, row: number, colour: number) => void {
  const before = thick >> 1;
  const onCanvas = (from: number, size: number, offset: number) => (index: number) =>
    Math.round((Math.min(size, from + index * step) * frame.scale + offset) * density);
  const across = onCanvas(x, picture.width, frame.x);
  const down = onCanvas(y, picture.height, frame.y);
  return (isUpright, column, row, colour) => {
    const left = across(column) - before;
    const top = down(row) - before;
    const right = (isUpright ? left : across(column + 1) - before) + thick;
    const bottom = (isUpright ? down(row + 1) - before : top) + thick;
    const end = Math.min(width, right);
    if (end <= 0 || left >= width) return;
    for (let line = Math.max(0, top); line < Math.min(height, bottom); line++) {
      pixels.fill(colour, line * width + Math.max(0, left), line * width + end);
    }
  };
}
