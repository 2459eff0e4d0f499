/** Masks and uncertainty as pictures that lie over the photo. */

import type { Mask, Plane } from "maskwise";
import { type Patch, sampleAt } from "./patch.ts";
import { uncertaintyTable } from "./uncertaintyColours.ts";

/** Width of a stripe, in samples. */
const STRIPE = 4;

/** Light and dark, so that one of them is seen on anything; what lies below shows through. */
const STRIPES = [0xb0ffffff, 0x80241c18] as const;

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

/** Stripes where pixels are too undecided to be anybody's: seen on any photo, in any colour. */
export function paintUnsure({ width, height, data }: Plane, patch: Patch, from: number): ImageData {
  const { columns, step } = patch;
  // Stripes stay where they are on the photo, however it is cut into tiles.
  const place = (at: number): number =>
    (patch.x + patch.y) / step + (at % columns) + Math.floor(at / columns);
  return paint(patch, width, height, (at, sample) =>
    (data[at] ?? 0) >= from ? (STRIPES[Math.floor(place(sample) / STRIPE) % 2] ?? 0) : 0,
  );
}

function paint(
  { x, y, columns, rows, step }: Patch,
  width: number,
  height: number,
  colourAt: (at: number, sample: number) => number,
): ImageData {
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row++) {
    const line = sampleAt(y, row, step, height) * width;
    for (let column = 0; column < columns; column++) {
      const sample = row * columns + column;
      pixels[sample] = colourAt(line + sampleAt(x, column, step, width), sample);
    }
  }
  return image;
}

/** Red, green, blue, 255. */
function opaque(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
