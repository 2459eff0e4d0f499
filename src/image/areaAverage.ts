/**
 * Smaller pictures by area averaging: a new pixel is the mean of what lies
 * under it, pixels on its rim by the share that is under it.
 */

import { checkSize } from "./checkSize.ts";
import { mapInto } from "./mapInto.ts";
import type { Picture, Plane, Size } from "./pixels.ts";
import { resample, type Taps } from "./resample.ts";

/** The picture at a smaller size, rounded to 8 bits; means are of the stored sRGB numbers. */
export function areaAveragePicture(picture: Picture, size: Size): Picture {
  checkShrinking("areaAveragePicture", picture, size);
  const means = resample(picture.data, picture, 3, size, coverage);
  const data = mapInto(new Uint8Array(means.length), means, Math.round);
  return { width: size.width, height: size.height, data };
}

/** The plane at a smaller size. */
export function areaAverage(plane: Plane, size: Size): Plane {
  checkShrinking("areaAverage", plane, size);
  const data = resample(plane.data, plane, 1, size, coverage);
  return { width: size.width, height: size.height, data };
}

function checkShrinking(who: string, from: Size, size: Size): void {
  checkSize(who, size);
  if (size.width <= from.width && size.height <= from.height) return;
  throw new RangeError(
    `${who}: expected a size up to ${from.width}×${from.height}, got ${size.width}×${size.height}. To enlarge, use resize.`,
  );
}

/** What each new pixel covers of the old ones. */
export function coverage(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    // In units of 1/to of an old pixel, where all rims are whole numbers.
    const [left, right] = [i * from, (i + 1) * from];
    first[i] = Math.floor(left / to);
    const last = Math.ceil(right / to);
    return Float64Array.from({ length: last - first[i] }, (_, tap) => {
      const pixel = (first[i] + tap) * to;
      return (Math.min(right, pixel + to) - Math.max(left, pixel)) / from;
    });
  });
  return { first, weights };
}
