/** A square part of a picture, around a pixel of the object, at another scale. */

import { IGNORE, INSIDE, type Truth } from "../../clicks/truth.ts";
import { cropMask, cropPicture } from "../../image/crop.ts";
import type { Picture, Size } from "../../image/pixels.ts";
import type { Rectangle } from "../../image/rectangle.ts";
import { resizeMask, resizePicture } from "../../image/resize.ts";
import type { Annotated } from "../dataSet.ts";

/** What lies beyond the picture: neither dark nor bright, and undecided. */
const BEYOND = 128;

/** A square window on a picture, in its pixels; it may reach beyond. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/**
 * Cut a square that holds a pixel of the object, drawn at random, anywhere in it.
 *
 * @param side  Of the result, in pixels.
 * @param scale > 0: the picture's longer side over that of the square. From 1 on the square lies in
 *   the picture along that side; beyond the picture all is grey and undecided.
 * @param random Uniform in [0, 1).
 * @returns `side` × `side`.
 */
export function squareCut(
  { picture, truth }: Annotated,
  side: number,
  scale: number,
  random: () => number,
): Annotated {
  const longer = Math.max(picture.width, picture.height);
  const window = windowAround(
    objectPixel(truth, random()),
    picture,
    Math.max(1, Math.round(longer / scale)),
    random,
  );
  return { picture: seenPicture(picture, window, side), truth: seenTruth(truth, window, side) };
}

/** The index of one of the object's pixels. */
export function objectPixel({ data }: Truth, share: number): number {
  let count = 0;
  for (let at = 0; at < data.length; at++) if (data[at] === INSIDE) count++;
  let rest = Math.floor(share * count);
  for (let at = 0; at < data.length; at++) {
    if (data[at] === INSIDE && rest-- === 0) return at;
  }
  throw new RangeError("squareCut: expected an object in the truth, got none.");
}

function windowAround(
  at: number,
  { width, height }: Size,
  side: number,
  random: () => number,
): Window {
  return {
    left: startAround(at % width, width, side, random()),
    top: startAround(Math.floor(at / width), height, side, random()),
    side,
  };
}

/** Where a window along one side begins: it holds `place`, and as much of the picture as it can. */
function startAround(place: number, length: number, side: number, share: number): number {
  const least = Math.max(place - side + 1, Math.min(0, length - side));
  const most = Math.min(place, Math.max(0, length - side));
  return least + Math.floor(share * (most - least + 1));
}

/** The part of the picture that a window sees, and where it lies in the square. */
function seen({ width, height }: Size, { left, top, side }: Window, to: number) {
  const part: Rectangle = {
    left: Math.max(0, left),
    top: Math.max(0, top),
    width: Math.min(width, left + side) - Math.max(0, left),
    height: Math.min(height, top + side) - Math.max(0, top),
  };
  const placed = (at: number) => Math.round((at * to) / side);
  const x = Math.min(to - 1, placed(part.left - left));
  const y = Math.min(to - 1, placed(part.top - top));
  const size: Size = {
    width: Math.max(1, placed(part.left - left + part.width) - x),
    height: Math.max(1, placed(part.top - top + part.height) - y),
  };
  return { part, x, y, size };
}

function seenPicture(picture: Picture, window: Window, to: number): Picture {
  const { part, x, y, size } = seen(picture, window, to);
  const small = resizePicture(cropPicture(picture, part), size);
  const data = new Uint8Array(to * to * 3).fill(BEYOND);
  for (let row = 0; row < size.height; row++) {
    const from = small.data.subarray(row * size.width * 3, (row + 1) * size.width * 3);
    data.set(from, ((y + row) * to + x) * 3);
  }
  return { width: to, height: to, data };
}

function seenTruth(truth: Truth, window: Window, to: number): Truth {
  const { part, x, y, size } = seen(truth, window, to);
  const small = resizeMask(cropMask(truth, part), size);
  const data = new Uint8Array(to * to).fill(IGNORE);
  for (let row = 0; row < size.height; row++) {
    data.set(small.data.subarray(row * size.width, (row + 1) * size.width), (y + row) * to + x);
  }
  return { width: to, height: to, data };
}
