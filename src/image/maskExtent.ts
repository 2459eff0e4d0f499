/** How much of an image a label covers, and where. */

import type { Mask } from "./pixels.ts";
import type { Rectangle } from "./rectangle.ts";

/** How many pixels of a mask have a label. */
export function maskArea({ data }: Mask, label = 1): number {
  let area = 0;
  for (let i = 0; i < data.length; i++) if (data[i] === label) area++;
  return area;
}

/** The smallest rectangle around all pixels of a label, `undefined` where there is none. */
export function boundingBox({ width, height, data }: Mask, label = 1): Rectangle | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(label);
    if (first === -1) continue;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(label));
    top = Math.min(top, y);
    bottom = y;
  }
  if (bottom === -1) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}
