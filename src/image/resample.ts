/**
 * Resampling along rows and columns: every new number is a weighted mean of a
 * few neighbouring old ones, with the same weights for a whole row or column.
 */

import type { Size } from "./pixels.ts";

/** For each new position along one side: where its old positions begin, and their weights, which sum to one. */
export interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/** How to get from one length of a side to another. */
export type TapsOf = (from: number, to: number) => Taps;

/** Rows `from` to `to`, exclusive, of something that need not be made as a whole. */
export type Rows = (from: number, to: number) => Float32Array;

/**
 * Resample `[height, width, channels]` numbers.
 *
 * @returns `[size.height, size.width, channels]`.
 */
export function resample(
  data: ArrayLike<number>,
  from: Size,
  channels: number,
  size: Size,
  tapsOf: TapsOf,
): Float32Array {
  return resampled(data, from, channels, size, tapsOf)(0, size.height);
}

/**
 * The same by rows, `[rows, size.width, channels]`.
 *
 * Works row by row, so that only the rows in use are held as floats.
 */
export function resampled(
  data: ArrayLike<number>,
  from: Size,
  channels: number,
  size: Size,
  tapsOf: TapsOf,
): Rows {
  const across = tapsOf(from.width, size.width);
  const down = tapsOf(from.height, size.height);
  const length = size.width * channels;
  return (top, bottom) => {
    const result = new Float32Array((bottom - top) * length);
    const sums = new Float64Array(length);
    const rows = new Map<number, Float64Array>();
    for (let y = top; y < bottom; y++) {
      const first = down.first[y];
      for (const row of rows.keys()) if (row < first) rows.delete(row);
      sums.fill(0);
      down.weights[y].forEach((weight, tap) => {
        const row = rows.get(first + tap) ?? narrowed(data, from, channels, first + tap, across);
        rows.set(first + tap, row);
        for (let i = 0; i < length; i++) sums[i] += weight * row[i];
      });
      result.set(sums, (y - top) * length);
    }
    return result;
  };
}

/** One old row at the new width. */
function narrowed(
  data: ArrayLike<number>,
  { width }: Size,
  channels: number,
  y: number,
  { first, weights }: Taps,
): Float64Array {
  const row = new Float64Array(first.length * channels);
  const start = y * width * channels;
  for (let x = 0; x < first.length; x++) {
    const shares = weights[x];
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      let at = start + first[x] * channels + channel;
      for (let tap = 0; tap < shares.length; tap++) {
        sum += shares[tap] * data[at];
        at += channels;
      }
      row[x * channels + channel] = sum;
    }
  }
  return row;
}
