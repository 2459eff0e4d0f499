/**
 * Smooth a label's outline: a pixel has the label where the label has more than half of the
 * Gaussian-weighted pixels around it. Corners are rounded, threads and nicks thinner than about
 * two standard deviations go, straight edges stay where they are.
 */

import { gaussianBlur } from "./blur.ts";
import { mapInto } from "./mapInto.ts";
import type { Mask } from "./pixels.ts";

/**
 * A label with its outline smoothed; it takes background only, and leaves background.
 *
 * @param sigma Standard deviation in pixels, >= 0; 0 changes nothing.
 */
export function smooth(mask: Mask, sigma: number, label = 1): Mask {
  const { width, height, data } = mask;
  const share = gaussianBlur(
    {
      width,
      height,
      data: mapInto(new Float32Array(data.length), data, (value) => (value === label ? 1 : 0)),
    },
    sigma,
  ).data;
  return {
    width,
    height,
    data: data.map((value, at) => {
      if (value === label) return share[at] < 0.5 ? 0 : value;
      return value === 0 && share[at] > 0.5 ? label : value;
    }),
  };
}
