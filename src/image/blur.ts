/** Blurred planes. Beyond the border there is nothing: means are over what is there. */

import { boxMean } from "./boxMean.ts";
import type { Plane } from "./pixels.ts";

/** A Gaussian is cut off where it is below e^(−½·3²) ≈ 1 % of its height. */
const CUT_SIGMAS = 3;

/** Mean over the square of side 2 · `radius` + 1 pixels around each pixel, as far as it is in the image. */
export function boxBlur({ width, height, data }: Plane, radius: number): Plane {
  if (!(Number.isInteger(radius) && radius >= 0)) {
    throw new RangeError(`boxBlur: expected a whole radius from 0 pixels, got ${radius}.`);
  }
  const means = boxMean(Float64Array.from(data), { width, height }, radius);
  return { width, height, data: Float32Array.from(means) };
}

/** Mean with Gaussian weights around each pixel. @param sigma Standard deviation in pixels, 0 for no blur. */
export function gaussianBlur(plane: Plane, sigma: number): Plane {
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new RangeError(`gaussianBlur: expected sigma >= 0 pixels, got ${sigma}.`);
  }
  if (sigma === 0) return { ...plane, data: plane.data.slice() };
  const { width, height } = plane;
  const half = Float64Array.from({ length: Math.ceil(CUT_SIGMAS * sigma) + 1 }, (_, i) =>
    Math.exp(-0.5 * (i / sigma) ** 2),
  );
  const across = blurLines(plane.data, width, height, width, 1, half);
  return { width, height, data: blurLines(across, height, width, 1, width, half) };
}

/** Blur `lines` lines of `length` numbers; their starts are `lineStep` apart, their numbers `step`. */
function blurLines(
  data: Float32Array,
  length: number,
  lines: number,
  lineStep: number,
  step: number,
  half: Float64Array,
): Float32Array {
  const result = new Float32Array(data.length);
  const reach = half.length - 1;
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const from = Math.max(0, i - reach);
      const to = Math.min(length - 1, i + reach);
      let sum = 0;
      let total = 0;
      for (let j = from; j <= to; j++) {
        const weight = half[j < i ? i - j : j - i];
        sum += weight * data[line * lineStep + j * step];
        total += weight;
      }
      result[line * lineStep + i * step] = sum / total;
    }
  }
  return result;
}
