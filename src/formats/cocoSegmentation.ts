/** The pixels of one annotation of COCO JSON: polygons, or run lengths in either of two forms. */

import { maskOfOutlines } from "../image/maskOfOutlines.ts";
import type { Outline, Ring } from "../image/outlines.ts";
import type { Mask, Size } from "../image/pixels.ts";
import { runLengthCounts } from "../image/runLengthString.ts";
import {
  canonicalRunLengths,
  checkRunLengths,
  maskOfRunLengths,
  type RunLengths,
} from "../image/runLengths.ts";
import { FormatError } from "./formatError.ts";
import { at, type Field, listAt, numberAt, wholeAt, wrong } from "./jsonFields.ts";

/** Larger pictures are refused before a mask is made for them. */
const MAX_PIXELS = 200e6;

/** The size that an entry of `images` gives. @throws {FormatError} None, or more than 200 million pixels. */
export function cocoSize(image: Field): Size {
  const size = { width: wholeAt(at(image, "width"), 1), height: wholeAt(at(image, "height"), 1) };
  if (size.width * size.height > MAX_PIXELS) {
    throw wrong(at(image, "width"), `at most ${MAX_PIXELS / 1e6} million pixels in all`);
  }
  return size;
}

/**
 * The mask of an annotation's `segmentation`, 1 where the object is. A polygon holds the pixels whose
 * centres lie in it.
 *
 * @throws {FormatError} Neither polygons nor run lengths, or of another size than the picture.
 */
export function maskOfSegmentation(segmentation: Field, size: Size): Mask {
  return Array.isArray(segmentation.value)
    ? maskOfOutlines(polygonsAt(segmentation), size)
    : maskOfRunLengths(runLengthsOfSegmentation(segmentation, size));
}

/**
 * The run lengths of a `segmentation` that is not a list.
 *
 * @throws {FormatError} Not run lengths, or of another size than the picture.
 */
export function runLengthsOfSegmentation(segmentation: Field, { width, height }: Size): RunLengths {
  const sides = at(segmentation, "size");
  const [rows, columns] = listAt(sides).map((side) => wholeAt(side, 1));
  if (rows !== height || columns !== width) {
    throw wrong(sides, `[${height}, ${width}], as the picture has it`);
  }
  const written = at(segmentation, "counts");
  try {
    const counts =
      typeof written.value === "string"
        ? runLengthCounts(written.value)
        : listAt(written).map((run) => wholeAt(run, 0));
    checkRunLengths("maskOfRunLengths", { width, height, counts });
    return canonicalRunLengths({ width, height, counts });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FormatError(`${written.path}: ${cause.message}`, { cause });
  }
}

/**
 * The parts of a `segmentation` that is a list; holes have no place in it.
 *
 * @throws {FormatError} Not lists of x and y in turn.
 */
export function polygonsAt(segmentation: Field): readonly Outline[] {
  return listAt(segmentation).map((polygon) => ({ outer: ringAt(polygon), holes: [] }));
}

/** A ring out of x, y, x, y … */
function ringAt(polygon: Field): Ring {
  const numbers = listAt(polygon).map(numberAt);
  if (numbers.length % 2 === 1) throw wrong(polygon, "x and y in turn");
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({
    unit: "corner" as const,
    x: numbers[2 * i],
    y: numbers[2 * i + 1],
  }));
}
