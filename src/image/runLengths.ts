/**
 * One label of a mask as run lengths, in the order COCO writes them: column by
 * column, top to bottom, starting with the pixels that do not have the label.
 */

import type { Mask, Size } from "./pixels.ts";

export interface RunLengths extends Size {
  /** Lengths of the runs, alternately without and with the label; only the first may be 0. */
  readonly counts: readonly number[];
}

/** The run lengths of one label. */
export function runLengths({ width, height, data }: Mask, label = 1): RunLengths {
  const counts: number[] = [];
  let inside = false;
  let run = 0;
  for (let x = 0; x < width; x++) {
    for (let at = x; at < data.length; at += width) {
      if ((data[at] === label) !== inside) {
        counts.push(run);
        run = 0;
        inside = !inside;
      }
      run++;
    }
  }
  counts.push(run);
  return { width, height, counts };
}

/**
 * The mask that has a label where the runs say so, and 0 elsewhere.
 *
 * @throws {RangeError} When the runs are not whole numbers that fill the image exactly.
 */
export function maskOfRunLengths(runs: RunLengths, label = 1): Mask {
  checkRunLengths("maskOfRunLengths", runs);
  const { width, height, counts } = runs;
  const data = new Uint8Array(width * height);
  let at = 0;
  counts.forEach((count, i) => {
    const inside = i % 2 === 1;
    for (const end = at + count; at < end; at++) {
      if (inside) data[(at % height) * width + Math.floor(at / height)] = label;
    }
  });
  return { width, height, data };
}

/**
 * Check run lengths without making their pixels.
 *
 * @throws {RangeError} They are not whole numbers that fill the image exactly.
 */
export function checkRunLengths(who: string, { width, height, counts }: RunLengths): void {
  const pixels = width * height;
  let total = 0;
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${who}: expected whole numbers from 0, got ${count}.`);
    }
    total += count;
  }
  if (total !== pixels) {
    throw new RangeError(
      `${who}: expected runs that fill ${width}×${height} = ${pixels} pixels, got ${total}. Are width and height exchanged?`,
    );
  }
}

/** Equal masks have equal runs: without runs of no length, but for the first. */
export function canonicalRunLengths({ width, height, counts }: RunLengths): RunLengths {
  if (!counts.includes(0, 1)) return { width, height, counts };
  const joined: number[] = [];
  let inside = false;
  counts.forEach((count, i) => {
    if (count === 0) return;
    if ((i % 2 === 1) === inside && joined.length > 0) {
      joined[joined.length - 1] += count;
      return;
    }
    inside = i % 2 === 1;
    if (inside && joined.length === 0) joined.push(0);
    joined.push(count);
  });
  return { width, height, counts: joined };
}
