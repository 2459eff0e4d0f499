/**
 * The pixels under a brush stroke: those whose centre is within half a width
 * of the line through its points (a chain of capsules), and the pixel of each
 * point, so that the thinnest stroke leaves a trace.
 */

import type { Mask, PixelPoint, Size } from "../image/pixels.ts";
import type { Stroke } from "./prompts.ts";

/** The part of an image that a brush can have touched, and where it did. */
export interface Footprint extends Mask {
  /** Column and row of the image where the part begins. */
  readonly left: number;
  readonly top: number;
}

/** The pixels of an image that lie under a stroke: 1 where they do. */
export function brush(stroke: Stroke, size: Size): Footprint {
  const paper = blankPaper(stroke, size);
  const { points, width } = stroke;
  points.forEach((point, i) => {
    ink(paper, Math.round(point.y), Math.round(point.x), Math.round(point.x));
    capsule(paper, point, points[Math.max(0, i - 1)], width / 2);
  });
  return paper;
}

function blankPaper({ points, width }: Stroke, size: Size): Footprint {
  const reach = width / 2 + 1;
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const left = Math.max(0, Math.floor(bounds.left - reach));
  const top = Math.max(0, Math.floor(bounds.top - reach));
  const right = Math.min(size.width - 1, Math.ceil(bounds.right + reach));
  const bottom = Math.min(size.height - 1, Math.ceil(bounds.bottom + reach));
  const [across, down] = [right - left + 1, bottom - top + 1];
  return { left, top, width: across, height: down, data: new Uint8Array(across * down) };
}

/** Ink columns `from` to `to`, inclusive, of a row. */
function ink(paper: Footprint, y: number, from: number, to: number): void {
  const { left, top, width, height, data } = paper;
  if (y < top || y >= top + height) return;
  const row = (y - top) * width;
  const first = Math.max(0, from - left);
  const last = Math.min(width - 1, to - left);
  if (first <= last) data.fill(1, row + first, row + last + 1);
}

/** A capsule is convex: each row of it is one run, the hull of its two discs and the band between. */
function capsule(paper: Footprint, a: PixelPoint, b: PixelPoint, radius: number): void {
  const first = Math.max(paper.top, Math.ceil(Math.min(a.y, b.y) - radius));
  const last = Math.min(paper.top + paper.height - 1, Math.floor(Math.max(a.y, b.y) + radius));
  for (let y = first; y <= last; y++) {
    const runs = [disc(a, radius, y), disc(b, radius, y), band(a, b, radius, y)];
    let from = Infinity;
    let to = -Infinity;
    for (const run of runs) {
      if (run === undefined) continue;
      from = Math.min(from, run[0]);
      to = Math.max(to, run[1]);
    }
    from = Math.ceil(from);
    to = Math.floor(to);
    if (from <= to) ink(paper, y, from, to);
  }
}

type Run = readonly [number, number] | undefined;

function disc(centre: PixelPoint, radius: number, y: number): Run {
  const rest = radius * radius - (y - centre.y) ** 2;
  if (rest < 0) return undefined;
  const half = Math.sqrt(rest);
  return [centre.x - half, centre.x + half];
}

/** Where row y runs through the rectangle between the discs: 0 ≤ (p − a)·d ≤ d·d and |(p − a)×d| ≤ r‖d‖. */
function band(a: PixelPoint, b: PixelPoint, radius: number, y: number): Run {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  if (dx === 0 && dy === 0) return undefined;
  const across = radius * Math.hypot(dx, dy);
  const along = between(dx, (y - a.y) * dy, 0, dx * dx + dy * dy);
  const beside = between(dy, -(y - a.y) * dx, -across, across);
  if (along === undefined || beside === undefined) return undefined;
  const from = Math.max(along[0], beside[0]) + a.x;
  const to = Math.min(along[1], beside[1]) + a.x;
  return from <= to ? [from, to] : undefined;
}

/** The t with `low ≤ slope · t + offset ≤ high`. */
function between(slope: number, offset: number, low: number, high: number): Run {
  if (slope === 0) return offset >= low && offset <= high ? [-Infinity, Infinity] : undefined;
  const ends = [(low - offset) / slope, (high - offset) / slope];
  return slope > 0 ? [ends[0], ends[1]] : [ends[1], ends[0]];
}
