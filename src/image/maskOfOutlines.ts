/** From polygons back to pixels: a pixel is in where its centre is, by the even-odd rule. */

import type { Outline, Ring } from "./outlines.ts";
import type { Mask, Size } from "./pixels.ts";

/**
 * Draw outlines, also overlapping ones: a pixel has the label where its centre lies in any of them.
 *
 * An edge that runs through the centre of a pixel counts as left of it and above it. Parts outside
 * the image are left out.
 *
 * @param pieces Corners need not be whole numbers.
 * @throws {RangeError} Polygons so entangled that drawing one takes more than 4 million crossings.
 */
export function maskOfOutlines(pieces: readonly Outline[], size: Size, label = 1): Mask {
  const data = new Uint8Array(size.width * size.height);
  for (const { outer, holes } of pieces) fillRings([outer, ...holes], size, data, label);
  return { width: size.width, height: size.height, data };
}

/** Of rows with the edges of one piece, so that a small file cannot take all memory. */
const MAX_CROSSINGS = 2 ** 22;

function fillRings(rings: readonly Ring[], size: Size, data: Uint8Array, label: number): void {
  checkCrossings(rings, size);
  const crossings = new Map<number, number[]>();
  for (const ring of rings) {
    ring.forEach((corner, i) => {
      const next = ring[(i + 1) % ring.length];
      const [upper, lower] = corner.y <= next.y ? [corner, next] : [next, corner];
      const slope = (lower.x - upper.x) / (lower.y - upper.y);
      // Rows whose centre line y + ½ is in [upper, lower).
      const first = Math.max(0, Math.ceil(upper.y - 0.5));
      const last = Math.min(size.height, Math.ceil(lower.y - 0.5));
      for (let y = first; y < last; y++) {
        const x = upper.x + (y + 0.5 - upper.y) * slope;
        const row = crossings.get(y);
        if (row === undefined) crossings.set(y, [x]);
        else row.push(x);
      }
    });
  }
  for (const [y, row] of crossings) {
    row.sort((a, b) => a - b);
    for (let i = 0; i + 1 < row.length; i += 2) {
      const from = Math.max(0, Math.ceil(row[i] - 0.5));
      const to = Math.min(size.width, Math.ceil(row[i + 1] - 0.5));
      if (from < to) data.fill(label, y * size.width + from, y * size.width + to);
    }
  }
}

function checkCrossings(rings: readonly Ring[], { height }: Size): void {
  let count = 0;
  for (const ring of rings) {
    ring.forEach(({ y }, i) => {
      const next = ring[(i + 1) % ring.length].y;
      const [upper, lower] = [Math.max(0, Math.min(y, next)), Math.min(height, Math.max(y, next))];
      if (upper < lower) count += lower - upper;
    });
  }
  if (count <= MAX_CROSSINGS) return;
  throw new RangeError(
    `maskOfOutlines: expected at most ${MAX_CROSSINGS} crossings of edges with rows, got ${Math.round(count)}. Simplify the polygon.`,
  );
}
