/** What one mask has otherwise than another. */

import type { Mask, Size } from "../image/pixels.ts";

/** A mask with names: two masks may have the same labels in other places. */
interface Labelled {
  readonly mask: Mask;
  readonly labels: readonly string[];
}

export const SAME = 0;
/** Background before, something else now. */
export const GAINED = 1;
/** Background now, something else before. */
export const LOST = 2;
/** From one label but the background to another. */
export const SWITCHED = 3;

export interface Changes extends Size {
  /** `[height, width]`: SAME, GAINED, LOST or SWITCHED. */
  readonly data: Uint8Array;
  /** How many pixels of each. */
  readonly gained: number;
  readonly lost: number;
  readonly switched: number;
}

/**
 * @param before Without it everything was background.
 * @throws {RangeError} When the sizes differ.
 */
export function changedPixels(before: Labelled | undefined, now: Labelled): Changes {
  const { width, height } = now.mask;
  if (before && (before.mask.width !== width || before.mask.height !== height)) {
    throw new RangeError(
      `changedPixels: expected masks of one size, got ${before.mask.width}×${before.mask.height} and ${width}×${height}.`,
    );
  }
  // By names: a label may have another number now. One that is gone is none of those that are there.
  const names = [...new Set([...now.labels, ...(before?.labels ?? [])])];
  const numberOf = ({ labels }: Labelled) => labels.map((label) => names.indexOf(label));
  const old = before && numberOf(before);
  const fresh = numberOf(now);
  const data = new Uint8Array(width * height);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const was = before && old ? old[before.mask.data[i]] : 0;
    const is = fresh[now.mask.data[i]];
    const change = changeOf(was, is);
    data[i] = change;
    counts[change]++;
  }
  return {
    width,
    height,
    data,
    gained: counts[GAINED],
    lost: counts[LOST],
    switched: counts[SWITCHED],
  };
}

function changeOf(was: number, is: number): number {
  if (was === is) return SAME;
  if (was === 0) return GAINED;
  return is === 0 ? LOST : SWITCHED;
}
