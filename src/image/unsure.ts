import type { Mask, Plane } from "./pixels.ts";

/** The value of mask pixels that are left undecided, as PASCAL VOC and its kin have it. */
export const UNSURE = 255;

/**
 * The mask with a third state: pixels that are too undecided belong to nobody.
 *
 * @param mask        Labels below 255, `[height, width]`.
 * @param uncertainty Of a segmentation, `[height, width]`: 0 sure, 1 undecided.
 * @param from        Pixels at least this undecided become `UNSURE`, in (0, 1].
 * @throws {RangeError} The two differ in size, or `from` is out of range.
 */
export function withUnsure(mask: Mask, uncertainty: Plane, from: number): Mask {
  const { width, height, data } = mask;
  if (uncertainty.width !== width || uncertainty.height !== height) {
    throw new RangeError(
      `withUnsure: expected an uncertainty of ${width}×${height}, got ${uncertainty.width}×${uncertainty.height}.`,
    );
  }
  if (!(from > 0 && from <= 1)) {
    throw new RangeError(`withUnsure: expected a threshold above 0 and at most 1, got ${from}.`);
  }
  return {
    width,
    height,
    data: data.map((label, at) => (uncertainty.data[at] >= from ? UNSURE : label)),
  };
}
