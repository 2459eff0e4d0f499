import type { Size } from "../../image/pixels.ts";
import { at, type Field, wholeAt, wrong } from "../jsonFields.ts";

/** Larger images are refused before anything is made for them. */
const MAX_PIXELS = 200e6;

/** A size out of two fields. @throws {FormatError} None, or more than 200 million pixels. */
export function sizeOfFields(width: Field, height: Field): Size {
  const size = { width: wholeAt(width, 1), height: wholeAt(height, 1) };
  if (size.width * size.height > MAX_PIXELS) {
    throw wrong(width, `at most ${MAX_PIXELS / 1e6} million pixels in all`);
  }
  return size;
}

/** The `width` and `height` of an object. */
export function sizeAt(field: Field): Size {
  return sizeOfFields(at(field, "width"), at(field, "height"));
}
