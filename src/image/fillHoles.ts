/** Fill what a label encloses. */

import { components } from "./components.ts";
import type { Mask } from "./pixels.ts";

/**
 * Give a label to the background it encloses: pixels of label 0 that cannot reach the border of the
 * image over edges without crossing the label. Other labels are kept, also inside.
 *
 * @param keep Indices of pixels: a hole that has one of them stays open. @default none
 */
export function fillHoles(mask: Mask, label = 1, keep: Iterable<number> = []): Mask {
  const { width, height, data } = mask;
  const others = data.map((value) => (value === label ? 0 : 1));
  const { count, data: component } = components({ width, height, data: others }, 4);
  const open = new Uint8Array(count + 1);
  for (let x = 0; x < width; x++) {
    open[component[x]] = 1;
    open[component[(height - 1) * width + x]] = 1;
  }
  for (let y = 0; y < height; y++) {
    open[component[y * width]] = 1;
    open[component[y * width + width - 1]] = 1;
  }
  for (const at of keep) open[component[at]] = 1;
  const enclosed = (at: number) => component[at] !== 0 && open[component[at]] === 0;
  return {
    width,
    height,
    data: data.map((value, at) => (value === 0 && enclosed(at) ? label : value)),
  };
}
