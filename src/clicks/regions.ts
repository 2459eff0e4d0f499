/** Boxes and lassos: what has their label lies inside. */

import { type PixelPoint, pixel } from "../image/pixels.ts";
import type { Box, Lasso, Prompt, Region } from "./prompts.ts";

export function isRegion(prompt: Prompt): prompt is Region {
  return prompt.kind === "box" || prompt.kind === "lasso";
}

/** Columns `from` to `to` of a row, both inclusive. */
export type Span = readonly [from: number, to: number];

/**
 * What a region holds of a row of pixels: of a box also the pixels of its corners, rounded as clicks
 * are; of a lasso the pixels whose centres its outline goes around, by the even-odd rule.
 */
export function spansOf(region: Region, y: number): readonly Span[] {
  return region.kind === "box" ? spansOfBox(region, y) : spansOfLasso(region, y);
}

/** Whether a region holds the pixel (x, y). */
export function regionHolds(region: Region, x: number, y: number): boolean {
  return spansOf(region, y).some(([from, to]) => x >= from && x <= to);
}

function spansOfBox({ from, to }: Box, y: number): readonly Span[] {
  if (y < Math.round(Math.min(from.y, to.y)) || y > Math.round(Math.max(from.y, to.y))) return [];
  return [[Math.round(Math.min(from.x, to.x)), Math.round(Math.max(from.x, to.x))]];
}

function spansOfLasso({ points }: Lasso, y: number): readonly Span[] {
  const crossings: number[] = [];
  points.forEach((point, i) => {
    const next = points[(i + 1) % points.length];
    const [upper, lower] = point.y <= next.y ? [point, next] : [next, point];
    // A corner on the row counts with the edge below it only, so that it is passed once.
    if (y < upper.y || y >= lower.y) return;
    crossings.push(upper.x + ((y - upper.y) * (lower.x - upper.x)) / (lower.y - upper.y));
  });
  crossings.sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.ceil(crossings[i]);
    const to = Math.ceil(crossings[i + 1]) - 1;
    if (from <= to) spans.push([from, to]);
  }
  return spans;
}

/** The rectangle around a region, in pixels that may lie beyond an image. */
export function boundsOf(region: Region): { readonly from: PixelPoint; readonly to: PixelPoint } {
  const corners = region.kind === "box" ? [region.from, region.to] : region.points;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of corners) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { from: pixel(left, top), to: pixel(right, bottom) };
}

/** Whether a lasso goes around the centre of any pixel. */
export function holdsAnything(lasso: Lasso): boolean {
  const { from, to } = boundsOf(lasso);
  for (let y = Math.ceil(from.y); y <= to.y; y++)
    if (spansOfLasso(lasso, y).length > 0) return true;
  return false;
}

/** The same region with every corner moved. */
export function movedRegion<Kind extends Region>(
  region: Kind,
  move: (point: PixelPoint) => PixelPoint,
): Kind {
  return region.kind === "box"
    ? { ...region, from: move(region.from), to: move(region.to) }
    : { ...region, points: region.points.map(move) };
}
