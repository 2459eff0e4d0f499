/**
 * Where to look closer, as RITM's evaluation does: the box of the mask so far and of all clicks on
 * the object, 1.4 times as large about its centre, at least 200 pixels a side, inside the image.
 *
 * @see Sofiiuk, Petrov & Konushin 2021, `isegm/inference/transforms/zoom_in.py` (SamsungLabs, b9b4460).
 */

import type { PixelPoint, Plane, Size } from "../image/pixels.ts";

/** Rows and columns of a box, both ends included. */
export interface Region {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

const EXPANSION = 1.4;
const LEAST_SIDE = 200;
/** Probabilities above this are the mask. */
const THRESHOLD = 0.5;
/** A region whose agreement with the wanted one is less is given up. */
const LEAST_AGREEMENT = 0.5;

/** The box of what is more probable than not, and of the clicks on the object; `undefined` without a mask. */
export function maskRegion(
  { width, data }: Plane,
  onObject: readonly PixelPoint[],
): Region | undefined {
  let [top, bottom, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  const take = (x: number, y: number) => {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
  };
  let hasMask = false;
  for (let at = 0; at < data.length; at++) {
    if (data[at] <= THRESHOLD) continue;
    hasMask = true;
    take(at % width, Math.floor(at / width));
  }
  if (!hasMask) return undefined;
  for (const { x, y } of onObject) take(x, y);
  return { top, bottom, left, right };
}

/** A box enlarged about its centre; its ends may lie beyond the image. */
export function expanded({ top, bottom, left, right }: Region): Region {
  const [from, to] = enlarged(top, bottom);
  const [start, end] = enlarged(left, right);
  return { top: from, bottom: to, left: start, right: end };
}

function enlarged(from: number, to: number): readonly [number, number] {
  const middle = (from + to) / 2;
  const side = Math.max(LEAST_SIDE, EXPANSION * (to - from + 1));
  return [halfToEven(middle - side / 2), halfToEven(middle + side / 2)];
}

/** Rounding as Python does it: halves go to the even neighbour. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** A box cut off at the image's border. */
export function clamped({ top, bottom, left, right }: Region, { width, height }: Size): Region {
  return {
    top: Math.max(0, top),
    bottom: Math.min(height - 1, bottom),
    left: Math.max(0, left),
    right: Math.min(width - 1, right),
  };
}

/**
 * The region to look at next: the one so far, unless a click on the object lies outside it (its
 * last row and column count as outside) or the wanted one is another.
 */
export function nextRegion(
  before: Region | undefined,
  wanted: Region,
  onObject: readonly PixelPoint[],
): Region {
  if (before === undefined) return wanted;
  const isLost = onObject.some(
    ({ x, y }) => y < before.top || y >= before.bottom || x < before.left || x >= before.right,
  );
  return isLost || agreement(wanted, before) < LEAST_AGREEMENT ? wanted : before;
}

/** Overlap over union of the rows, times that of the columns. */
export function agreement(one: Region, other: Region): number {
  return (
    along(one.top, one.bottom, other.top, other.bottom) *
    along(one.left, one.right, other.left, other.right)
  );
}

function along(from: number, to: number, start: number, end: number): number {
  const shared = Math.max(0, Math.min(to, end) - Math.max(from, start) + 1);
  return shared / (to - from + 1 + (end - start + 1) - shared);
}

/** Where a pixel of the image lies in a region that was cut out and scaled; not rounded. */
export function inRegion({ x, y }: PixelPoint, region: Region, scaled: Size): PixelPoint {
  const { top, bottom, left, right } = region;
  return {
    unit: "pixel",
    x: (scaled.width * (x - left)) / (right - left + 1),
    y: (scaled.height * (y - top)) / (bottom - top + 1),
  };
}
