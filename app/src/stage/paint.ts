/** Masks and uncertainty as pictures that lie over the photo. */

import type { Mask, Plane } from "maskwise";
import { type Patch, sampleAt } from "./patch.ts";
import { uncertaintyTable } from "./uncertaintyColours.ts";

/** `#rrggbb` by label as pixels, each one little-endian number; 0 for a label without a colour. */
export function colourTable(colours: readonly (string | undefined)[]): Uint32Array {
  const table = new Uint32Array(256);
  colours.forEach((colour, label) => {
    table[label] = colour === undefined ? 0 : opaque(colour);
  });
  return table;
}

/** Each label in its colour of a `colourTable`. */
export function paintMask(
  { width, height, data }: Mask,
  patch: Patch,
  table: Uint32Array,
): ImageData {
  return paint(patch, width, height, (at) => table[data[at] ?? 0] ?? 0);
}

/** Nothing where the mask is sure, brighter and denser the less it is. */
export function paintUncertainty({ width, height, data }: Plane, patch: Patch): ImageData {
  const table = uncertaintyTable();
  return paint(patch, width, height, (at) => table[Math.round(255 * (data[at] ?? 0))] ?? 0);
}

function paint(
  { x, y, columns, rows, step }: Patch,
  width: number,
  height: number,
  colourAt: (at: number) => number,
): ImageData {
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row++) {
    const line = sampleAt(y, row, step, height) * width;
    for (let column = 0; column < columns; column++) {
      pixels[row * columns + column] = colourAt(line + sampleAt(x, column, step, width));
    }
  }
  return image;
}

/** Red, green, blue, 255. */
function opaque(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
