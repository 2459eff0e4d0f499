import { type PixelPoint, pixel } from "../image/pixels.ts";
import { squaredDistances } from "../image/squaredDistances.ts";
import type { Lasso } from "./prompts.ts";
import { boundsOf, movedRegion, spansOf } from "./regions.ts";

/** A lasso is looked at with at most this many pixels along a side. */
const SIDE = 200;

/**
 * The place inside a lasso that is farthest from its outline: the first of equals, row by row. In a
 * large lasso to within a two-hundredth of its side.
 */
export function innermost(lasso: Lasso): PixelPoint {
  const { from, to } = boundsOf(lasso);
  const step = Math.max(1, Math.max(to.x - from.x, to.y - from.y) / SIDE);
  const left = Math.floor(from.x);
  const top = Math.floor(from.y);
  const small = movedRegion(lasso, ({ x, y }) => pixel((x - left) / step, (y - top) / step));
  const width = Math.ceil((to.x - left) / step) + 1;
  const height = Math.ceil((to.y - top) / step) + 1;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (const [first, last] of spansOf(small, y)) {
      data.fill(1, y * width + first, y * width + last + 1);
    }
  }
  const { data: depths } = squaredDistances({ width, height, data });
  let at = 0;
  for (let i = 1; i < depths.length; i++) if (depths[i] > depths[at]) at = i;
  const column = at % width;
  return pixel(left + column * step, top + ((at - column) / width) * step);
}
