/**
 * Other sizes by linear interpolation between pixel centres (new position x
 * lies at (x + ½) · from/to − ½); when shrinking, the triangle is widened to
 * the new pixel's reach, so that fine detail is averaged and not sampled.
 */

import { checkSize } from "./checkSize.ts";
import { mapInto } from "./mapInto.ts";
import type { Mask, Picture, Plane, Size } from "./pixels.ts";
import { type Rows, resample, resampled, type Taps } from "./resample.ts";

/** The picture at another size, rounded to 8 bits. */
export function resizePicture(picture: Picture, size: Size): Picture {
  checkSize("resizePicture", size);
  const data = resample(picture.data, picture, 3, size, triangles);
  const bytes = mapInto(new Uint8Array(data.length), data, Math.round);
  return { width: size.width, height: size.height, data: bytes };
}

/** The plane at another size. */
export function resizePlane(plane: Plane, size: Size): Plane {
  checkSize("resizePlane", size);
  const data = resample(plane.data, plane, 1, size, triangles);
  return { width: size.width, height: size.height, data };
}

/** Rows of the plane at another size, as `resizePlane` has them, without making all of it. */
export function resizedRows(plane: Plane, size: Size): Rows {
  checkSize("resizedRows", size);
  return resampled(plane.data, plane, 1, size, triangles);
}

/** The mask at another size: each pixel takes the label at its centre. */
export function resizeMask(mask: Mask, { width, height }: Size): Mask {
  checkSize("resizeMask", { width, height });
  const columns = nearest(mask.width, width);
  const rows = nearest(mask.height, height);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = rows[y] * mask.width;
    for (let x = 0; x < width; x++) data[y * width + x] = mask.data[row + columns[x]];
  }
  return { width, height, data };
}

/** ⌊(i + ½) · from/to⌋, in whole numbers. */
function nearest(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to }, (_, i) => Math.floor(((2 * i + 1) * from) / (2 * to)));
}

function triangles(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5;
    first[i] = Math.max(0, Math.floor(centre - reach) + 1);
    const last = Math.min(from - 1, Math.ceil(centre + reach) - 1);
    const heights = Float64Array.from(
      { length: last - first[i] + 1 },
      (_, tap) => 1 - Math.abs(first[i] + tap - centre) / reach,
    );
    // Beyond the border there is nothing: what is there takes all the weight.
    const total = heights.reduce((sum, height) => sum + height, 0);
    return heights.map((height) => height / total);
  });
  return { first, weights };
}
