/** Where a prediction is wrong about an object: the two sets of pixels that annotators click into. */

import type { Mask } from "../image/pixels.ts";
import { squaredDistances } from "../image/squaredDistances.ts";
import { IGNORE, INSIDE, type Truth } from "./truth.ts";

export interface Errors {
  /** Pixels of the object that the prediction misses (FN). */
  readonly missed: Mask;
  /** Other pixels that it takes (FP). Ignored pixels are in neither. */
  readonly taken: Mask;
}

/**
 * @param prediction Of the truth's size: not 0 is the object.
 * @throws {RangeError} When the sizes differ.
 */
export function errors(truth: Truth, prediction: Mask): Errors {
  const { width, height } = truth;
  if (prediction.width !== width || prediction.height !== height) {
    throw new RangeError(
      `nextClick: expected a prediction of the truth's size, ${width}×${height}, got ${prediction.width}×${prediction.height}.`,
    );
  }
  const missed = new Uint8Array(width * height);
  const taken = new Uint8Array(width * height);
  for (let at = 0; at < missed.length; at++) {
    const isObject = truth.data[at] === INSIDE;
    const isPredicted = prediction.data[at] !== 0;
    if (isObject && !isPredicted) missed[at] = 1;
    if (!isObject && isPredicted && truth.data[at] !== IGNORE) taken[at] = 1;
  }
  return {
    missed: { width, height, data: missed },
    taken: { width, height, data: taken },
  };
}

/** Whether a mask is wrong anywhere; ignored pixels are neither right nor wrong. */
export function isWrong(truth: Truth, mask: Mask): boolean {
  return truth.data.some((_, at) => isWrongAt(truth, mask, at));
}

/** Whether it is wrong at one pixel. */
export function isWrongAt(truth: Truth, mask: Mask, at: number): boolean {
  const value = truth.data[at];
  return value !== IGNORE && (value === INSIDE) !== (mask.data[at] !== 0);
}

/** The middle of the largest error, by depth. */
export interface Deepest {
  /** Whether the object is missed there; otherwise too much is taken. */
  readonly isMissed: boolean;
  /** The set it lies in. */
  readonly set: Mask;
  /** Squared distances to the outside of the set; 0 at clicked pixels. */
  readonly depths: Int32Array;
  /** Row by row; pixel 0 where nothing is wrong. */
  readonly at: number;
  /** Its squared distance; 0 where nothing is wrong. */
  readonly depth: number;
}

/**
 * The deepest pixel of both sets, the first of equals row by row; a tie of the sets goes to what
 * is taken.
 *
 * @param already Clicked pixels: they count 0, their neighbours' distances stay.
 */
export function deepestError({ missed, taken }: Errors, already: Iterable<number>): Deepest {
  const clicked = [...already];
  const inMissed = deepest(missed, clicked);
  const inTaken = deepest(taken, clicked);
  return inMissed.depth > inTaken.depth
    ? { isMissed: true, set: missed, ...inMissed }
    : { isMissed: false, set: taken, ...inTaken };
}

function deepest(set: Mask, already: readonly number[]): Pick<Deepest, "at" | "depth" | "depths"> {
  const { data: depths } = squaredDistances(set);
  for (const at of already) depths[at] = 0;
  let [best, depth] = [0, 0];
  for (let at = 0; at < depths.length; at++) {
    if (depths[at] > depth) {
      depth = depths[at];
      best = at;
    }
  }
  return { at: best, depth, depths };
}
