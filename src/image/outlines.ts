/**
 * The outlines of a label: polygons along the edges of its pixels, which
 * enclose exactly its pixels.
 *
 * Positions are corners of pixels: pixel (x, y) has the corners (x, y) to
 * (x + 1, y + 1), so that an outline spans 0 to the width of the image. A
 * position in image pixels, where (0, 0) is the centre of a pixel, is half less.
 */

import { components } from "./components.ts";
import { cropMask } from "./crop.ts";
import { boundingBox } from "./maskExtent.ts";
import type { Mask } from "./pixels.ts";

/** A corner of pixels: x from 0 to the width, y from 0 to the height, (0, 0) the image's top-left corner. */
export interface Corner {
  readonly unit: "corner";
  readonly x: number;
  readonly y: number;
}

/** A closed polygon: the last corner is joined to the first, which is not repeated. */
export type Ring = readonly Corner[];

/** One piece of a label, with its holes. */
export interface Outline {
  /** Clockwise as seen on the screen. */
  readonly outer: Ring;
  /** Counter-clockwise as seen on the screen. */
  readonly holes: readonly Ring[];
}

/**
 * The outlines of all pieces of a label, in the order of their first pixels, row by row.
 *
 * A piece hangs together over edges. No ring crosses or touches itself; a hole may touch another
 * ring in a corner. `maskOfOutlines` gives the label back exactly.
 */
export function outlines(mask: Mask, label = 1): readonly Outline[] {
  const box = boundingBox(mask, label);
  if (box === undefined) return [];
  const shifted = (ring: Ring): Ring =>
    ring.map(({ x, y }) => ({ unit: "corner", x: x + box.left, y: y + box.top }));
  return outlinesWithin(cropMask(mask, box), label).map(({ outer, holes }) => ({
    outer: shifted(outer),
    holes: holes.map(shifted),
  }));
}

function outlinesWithin(mask: Mask, label: number): readonly Outline[] {
  const { width, height } = mask;
  const data = mask.data.map((value) => (value === label ? 1 : 0));
  const pieces = components({ width, height, data }, 4);
  const outers: Corner[][] = [];
  const holes: Ring[][] = Array.from({ length: pieces.count }, () => []);
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  // Every ring runs along the top of some pixel; those tops that a ring has passed.
  const passed = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    const x = at % width;
    const y = (at - x) / width;
    if (data[at] === 0 || passed[at] === 1 || inside(x, y - 1)) continue;
    const piece = pieces.data[at] - 1;
    for (const ring of simpleRings(walk(x, y, inside, (top) => (passed[top] = 1), width))) {
      if (isClockwise(ring)) outers[piece] = ring;
      else holes[piece].push(ring);
    }
  }
  return outers.map((outer, piece) => ({ outer, holes: holes[piece] }));
}

/** Right, down, left, up: a right turn is one further. */
const DX: readonly number[] = [1, 0, -1, 0];
const DY: readonly number[] = [0, 1, 0, -1];
/** The pixel ahead on the right and on the left of a corner, by direction, from the corner. */
const AHEAD_RIGHT: readonly (readonly [number, number])[] = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
];
const AHEAD_LEFT: readonly (readonly [number, number])[] = [
  [0, -1],
  [0, 0],
  [-1, 0],
  [-1, -1],
];

/** Walk around with the label on the right, from the top-left corner of pixel (x, y) along its top; the corners where it turns. */
function walk(
  startX: number,
  startY: number,
  inside: (x: number, y: number) => boolean,
  pass: (top: number) => void,
  width: number,
): Corner[] {
  const turns: Corner[] = [];
  let [x, y, direction] = [startX, startY, 0];
  do {
    if (direction === 0) pass(y * width + x);
    x += DX[direction];
    y += DY[direction];
    const [rightX, rightY] = AHEAD_RIGHT[direction];
    const [leftX, leftY] = AHEAD_LEFT[direction];
    let next = direction;
    // Where two pixels meet in a corner only, it stays with its own.
    if (!inside(x + rightX, y + rightY)) next = (direction + 1) % 4;
    else if (inside(x + leftX, y + leftY)) next = (direction + 3) % 4;
    if (next !== direction) turns.push({ unit: "corner", x, y });
    direction = next;
  } while (x !== startX || y !== startY || direction !== 0);
  return turns;
}

/** Cut a walk that comes back to a corner into rings that do not. */
function simpleRings(turns: readonly Corner[]): Corner[][] {
  const rings: Corner[][] = [];
  const path: Corner[] = [];
  const seen = new Map<string, number>();
  for (const corner of turns) {
    const key = `${corner.x},${corner.y}`;
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, path.length);
      path.push(corner);
      continue;
    }
    const ring = path.splice(before + 1);
    for (const { x, y } of ring) seen.delete(`${x},${y}`);
    rings.push([corner, ...ring]);
  }
  rings.push(path);
  return rings;
}

function isClockwise(ring: Ring): boolean {
  let twiceArea = 0;
  for (let i = 0; i < ring.length; i++) {
    const { x, y } = ring[i];
    const next = ring[(i + 1) % ring.length];
    twiceArea += x * next.y - next.x * y;
  }
  return twiceArea > 0;
}
