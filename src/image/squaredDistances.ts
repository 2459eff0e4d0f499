/**
 * The exact Euclidean distance transform, squared, in whole numbers: equal
 * distances are equal, on every machine.
 *
 * @see Meijster, Roerdink & Hesselink 2000, "A general algorithm for computing distance transforms in linear time".
 */

import type { Mask, Size } from "./pixels.ts";

export interface SquaredDistances extends Size {
  /** `[height, width]`, whole numbers. */
  readonly data: Int32Array;
}

export interface DistanceOptions {
  /** Whether what lies beyond the border counts as not set. @default "outside" */
  readonly border?: "outside" | "unknown";
}

/** Larger sides would overflow 32 bits where the border does not bound the distances. */
const MAX_SIDE = 32_767;

/**
 * For each set (non-zero) pixel the squared distance to the nearest pixel that is not set; 0 for
 * those. Where nothing is not set, width² + height², more than any distance.
 *
 * @throws {RangeError} A side over 32,767 pixels with `border: "unknown"`.
 */
export function squaredDistances(
  { width, height, data }: Mask,
  { border = "outside" }: DistanceOptions = {},
): SquaredDistances {
  if (border === "unknown" && Math.max(width, height) > MAX_SIDE) {
    throw new RangeError(
      `squaredDistances: expected sides up to ${MAX_SIDE} pixels, got ${width}×${height}. Make the mask smaller, or count the border as outside.`,
    );
  }
  // More than any distance along a line; its square alone exceeds any squared distance.
  const none = width + height;
  const limit = width * width + height * height;
  const vertical = alongColumns(data, { width, height }, border === "outside" ? 0 : none);
  const result = new Int32Array(width * height);
  const envelope = { sites: new Int32Array(width + 2), starts: new Int32Array(width + 2) };
  for (let y = 0; y < height; y++) {
    const row = vertical.subarray(y * width, (y + 1) * width);
    alongRow(row, border === "outside", limit, envelope, result.subarray(y * width));
  }
  return { width, height, data: result };
}

/** Distance of each pixel to the nearest one not set in its column. */
function alongColumns(data: Uint8Array, { width, height }: Size, beyond: number): Int32Array {
  const distances = new Int32Array(width * height);
  const last = (height - 1) * width;
  for (let x = 0; x < width; x++) {
    let distance = beyond;
    for (let at = x; at <= last + x; at += width) {
      distance = data[at] === 0 ? 0 : distance + 1;
      distances[at] = distance;
    }
    distance = beyond;
    for (let at = last + x; at >= 0; at -= width) {
      distance = data[at] === 0 ? 0 : distance + 1;
      if (distance < distances[at]) distances[at] = distance;
    }
  }
  return distances;
}

/** Which parabola is lowest from which column on. */
interface Envelope {
  readonly sites: Int32Array;
  readonly starts: Int32Array;
}

/**
 * The smallest (x − i)² + g(i)² over all columns i, for each x: the lower envelope of parabolas.
 *
 * @param g      Distances along the columns.
 * @param framed Whether there is a column of zeros to the left and to the right.
 */
function alongRow(
  g: Int32Array,
  framed: boolean,
  limit: number,
  { sites, starts }: Envelope,
  result: Int32Array,
): void {
  const width = g.length;
  const squared = (i: number) => (i < 0 || i >= width ? 0 : g[i] * g[i]);
  const end = framed ? width : width - 1;
  let top = 0;
  sites[0] = framed ? -1 : 0;
  starts[0] = 0;
  for (let i = sites[0] + 1; i <= end; i++) {
    const height = squared(i);
    while (top >= 0) {
      const x = starts[top];
      if ((x - sites[top]) ** 2 + squared(sites[top]) <= (x - i) ** 2 + height) break;
      top--;
    }
    if (top < 0) {
      top = 0;
      sites[0] = i;
      continue;
    }
    const below = sites[top];
    // The last column where the parabola below is still no higher than the new one.
    const last = Math.floor((i * i - below * below + height - squared(below)) / (2 * (i - below)));
    if (last + 1 < width) {
      top++;
      sites[top] = i;
      starts[top] = last + 1;
    }
  }
  for (let x = width - 1; x >= 0; x--) {
    const site = sites[top];
    result[x] = Math.min(limit, (x - site) ** 2 + squared(site));
    if (x === starts[top]) top--;
  }
}
