/**
 * Any set of pixels of an image, small enough to keep and plain enough to send: the rectangle
 * around it, and its run lengths in there as COCO writes them.
 */

import { cropMask } from "./crop.ts";
import { boundingBox } from "./maskExtent.ts";
import type { Mask, Size } from "./pixels.ts";
import { checkRectangle, type Rectangle } from "./rectangle.ts";
import { runLengthCounts, runLengthString } from "./runLengthString.ts";
import { maskOfRunLengths, runLengths } from "./runLengths.ts";

export interface PixelSet extends Rectangle {
  /** Which pixels of the rectangle: `runLengthString` of its columns. */
  readonly runs: string;
}

/** The pixels of a label, `undefined` where there is none. */
export function pixelSetOf(mask: Mask, label = 1): PixelSet | undefined {
  const box = boundingBox(mask, label);
  if (box === undefined) return undefined;
  return { ...box, runs: runLengthString(runLengths(cropMask(mask, box), label).counts) };
}

/**
 * The rectangle's pixels, 1 where they belong to the set.
 *
 * @throws {RangeError} When the runs are damaged or do not fill the rectangle.
 */
export function pixelsOfSet({ width, height, runs }: PixelSet): Mask {
  return maskOfRunLengths({ width, height, counts: runLengthCounts(runs) });
}

/**
 * Check a set that came from a file or another process.
 *
 * @param size Of the image that it is of.
 * @throws {RangeError} When it is not inside the image, or its runs are damaged.
 */
export function checkPixelSet(who: string, set: PixelSet, size: Size): void {
  checkRectangle(who, set, size);
  pixelsOfSet(set);
}
