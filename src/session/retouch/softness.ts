/**
 * How strongly a soft brush paints each pixel: fully up to `hardness` of its radius from the line
 * through its points, then less in proportion to the distance, down to nothing at the radius.
 */

import type { Stroke } from "../../clicks/prompts.ts";
import type { PixelPoint, Size } from "../../image/pixels.ts";
import type { Rectangle } from "../../image/rectangle.ts";

export interface Strengths extends Rectangle {
  /** `[height, width]`, in [0, 1]. */
  readonly data: Float32Array;
}

/** The strengths of a brush with `0 <= hardness < 1` in the part of the image that it reaches. */
export function strengths(stroke: Stroke, hardness: number, size: Size): Strengths {
  const radius = stroke.width / 2;
  const { points } = stroke;
  const box = { left: size.width, top: size.height, right: -1, bottom: -1 };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, Math.max(0, Math.ceil(x - radius)));
    box.top = Math.min(box.top, Math.max(0, Math.ceil(y - radius)));
    box.right = Math.max(box.right, Math.min(size.width - 1, Math.floor(x + radius)));
    box.bottom = Math.max(box.bottom, Math.min(size.height - 1, Math.floor(y + radius)));
  }
  const { left, top } = box;
  const width = Math.max(0, box.right - left + 1);
  const height = Math.max(0, box.bottom - top + 1);
  const data = new Float32Array(width * height);
  const fade = radius * (1 - hardness);
  points.forEach((point, i) => {
    const before = points[Math.max(0, i - 1)];
    const first = Math.max(top, Math.ceil(Math.min(point.y, before.y) - radius));
    const last = Math.min(box.bottom, Math.floor(Math.max(point.y, before.y) + radius));
    const from = Math.max(left, Math.ceil(Math.min(point.x, before.x) - radius));
    const to = Math.min(box.right, Math.floor(Math.max(point.x, before.x) + radius));
    for (let y = first; y <= last; y++) {
      for (let x = from; x <= to; x++) {
        const at = (y - top) * width + x - left;
        const strength = Math.min(1, (radius - distance(x, y, before, point)) / fade);
        if (strength > data[at]) data[at] = strength;
      }
    }
  });
  return { left, top, width, height, data };
}

function distance(x: number, y: number, a: PixelPoint, b: PixelPoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
