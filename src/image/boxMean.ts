/** Sums over sliding squares: the cost does not depend on the radius. */

import type { Size } from "./pixels.ts";

/**
 * Mean over the square of side 2 · `radius` + 1 around each pixel, as far as it is in the image.
 *
 * @param data `[height, width]`, in doubles, because running sums in floats would drift.
 */
export function boxMean(data: Float64Array, size: Size, radius: number): Float64Array {
  const { width, height } = size;
  const across = new Float64Array(data.length);
  for (let y = 0; y < height; y++) slide(data, across, y * width, 1, width, radius);
  const result = new Float64Array(data.length);
  for (let x = 0; x < width; x++) slide(across, result, x, width, height, radius);
  return result;
}

/** Running mean along one line of `length` numbers that are `step` apart. */
function slide(
  data: Float64Array,
  result: Float64Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < Math.min(radius, length); i++) {
    sum += data[start + i * step];
    count++;
  }
  for (let i = 0; i < length; i++) {
    if (i + radius < length) {
      sum += data[start + (i + radius) * step];
      count++;
    }
    if (i - radius > 0) {
      sum -= data[start + (i - radius - 1) * step];
      count--;
    }
    result[start + i * step] = sum / count;
  }
}
