/** Fewer corners for an outline, within a tolerance. */

import type { Corner, Ring } from "./outlines.ts";

/**
 * Leave out corners of a ring so that every one left out is within `tolerance` of the new ring.
 *
 * Douglas & Peucker (1973) on the two chains between the first corner and the one farthest from it,
 * with a third corner kept so that the ring always encloses something. With a large tolerance rings
 * may come to cross one another.
 *
 * @param tolerance In pixels, at least 0; 0 leaves out only corners on straight lines.
 * @throws {RangeError} When the tolerance is no such number.
 */
export function simplifyRing(ring: Ring, tolerance: number): Ring {
  if (!(tolerance >= 0)) {
    throw new RangeError(`simplifyRing: expected tolerance >= 0 pixels, got ${tolerance}.`);
  }
  if (ring.length <= 3) return ring;
  const closed = [...ring, ring[0]];
  const far = farthest(closed, 0, ring.length, (corner) => distanceToPoint(corner, ring[0])).at;
  const toLine = (corner: Corner) => distanceToSegment(corner, ring[0], ring[far]);
  const third = farthest(closed, 0, ring.length, toLine).at;
  const kept = new Uint8Array(ring.length + 1);
  const ends = [0, ...[far, third].sort((a, b) => a - b), ring.length];
  for (let i = 0; i + 1 < ends.length; i++)
    keepCorners(closed, ends[i], ends[i + 1], tolerance, kept);
  return ring.filter((_, i) => kept[i] === 1);
}

/** Mark both ends of a chain and what must be kept between them. */
function keepCorners(
  corners: Ring,
  from: number,
  to: number,
  tolerance: number,
  kept: Uint8Array,
): void {
  const chains: (readonly [number, number])[] = [[from, to]];
  for (let chain = chains.pop(); chain !== undefined; chain = chains.pop()) {
    const [start, end] = chain;
    kept[start] = 1;
    kept[end] = 1;
    const toChord = (corner: Corner) => distanceToSegment(corner, corners[start], corners[end]);
    const { at, distance } = farthest(corners, start + 1, end, toChord);
    if (distance > tolerance) chains.push([start, at], [at, end]);
  }
}

/** The first of the farthest corners with `from <= index < to`; distance −1 where there are none. */
function farthest(
  corners: Ring,
  from: number,
  to: number,
  measure: (corner: Corner) => number,
): { readonly at: number; readonly distance: number } {
  let [at, distance] = [from, -1];
  for (let i = from; i < to; i++) {
    const here = measure(corners[i]);
    if (here > distance) [at, distance] = [i, here];
  }
  return { at, distance };
}

function distanceToPoint(corner: Corner, to: Corner): number {
  return Math.hypot(corner.x - to.x, corner.y - to.y);
}

function distanceToSegment(corner: Corner, a: Corner, b: Corner): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((corner.x - a.x) * dx + (corner.y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(corner.x - a.x - t * dx, corner.y - a.y - t * dy);
}
