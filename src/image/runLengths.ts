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
export function maskOfRunLengths({ width, height, counts }: RunLengths, label = 1): Mask {
  const pixels = width * height;
  let total = 0;
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`maskOfRunLengths: expected whole numbers from 0, got ${count}.`);
    }
    total += count;
  }
  if (total !== pixels) {
    throw new RangeError(
      `maskOfRunLengths: expected runs that fill ${width}×${height} = ${pixels} pixels, got ${total}. Are width and height exchanged?`,
    );
  }
  const data = new Uint8Array(pixels);
  let at = 0;
  counts.forEach((count, i) => {
    const inside = i % 2 === 1;
    for (const end = at + count; at < end; at++) {
      if (inside) data[(at % height) * width + Math.floor(at / height)] = label;
    }
  });
  return { width, height, data };
}
