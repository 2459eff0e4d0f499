/** What is right about one object in an image. */

import type { Size } from "../image/pixels.ts";

/** The object. */
export const INSIDE = 1;

/** Pixels that nobody decided: they count neither for nor against. */
export const IGNORE = 255;

/** `[height, width]`: `INSIDE`, `IGNORE`, and 0 (any other number, too) outside. */
export interface Truth extends Size {
  readonly data: Uint8Array;
}
