import type { Mask } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";

/** A mask as a file holds it. */
export interface NamedMask {
  readonly mask: Mask;
  /** `labels[i]` is the name of mask value `i`; absent where the file does not say. */
  readonly labels?: readonly string[];
}

/** What a file says about a mask besides its pixels. */
export interface MaskAbout {
  /** `labels[i]` is the name of mask value `i`; `labels[0]` is the background. */
  readonly labels: readonly string[];
  /** File name of the picture that the mask belongs to, without folders. */
  readonly picture: string;
}

/**
 * Check at the door of a format that a mask fits its labels.
 *
 * @param operation The name the caller used.
 * @param holdsUnsure Whether the format can leave pixels undecided. @default false
 * @throws {RangeError} The data is not one label per pixel, or a value has no label.
 */
export function checkMask(
  operation: string,
  mask: Mask,
  labels: readonly string[],
  holdsUnsure = false,
): void {
  if (mask.data.length !== mask.width * mask.height) {
    throw new RangeError(
      `${operation}: expected ${mask.width}×${mask.height} labels, got ${mask.data.length}.`,
    );
  }
  const unknown = mask.data.find(
    (label) => label >= labels.length && !(holdsUnsure && label === UNSURE),
  );
  if (unknown !== undefined) {
    throw new RangeError(
      `${operation}: expected mask values below ${labels.length} (${labels.join(", ")}), got ${unknown}.`,
    );
  }
}
