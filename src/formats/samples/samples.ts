/**
 * Pixels as instruments record them: numbers of any size that mean something else than a colour, and
 * the window through which they are looked at.
 */

import type { Picture, Size } from "../../image/pixels.ts";

export interface Samples extends Size {
  /** One plane a channel, row-major; the first three are red, green and blue, a single one is grey. */
  readonly planes: readonly ArrayLike<number>[];
  /** How the file wants to be looked at, where it says so. */
  readonly window?: SampleWindow;
  /** The smallest number is white. @default false */
  readonly isInverted?: boolean;
  /** The largest number that the kind of number could hold, where that is whole and not negative. */
  readonly fullScale?: number;
}

/** Which numbers are drawn black and white; those between are grey, those outside black or white. */
export interface SampleWindow {
  readonly black: number;
  readonly white: number;
}

/**
 * The picture of samples.
 *
 * @param window @default what the file says; else all that its kind of number can hold, or, where
 *   that leaves the brighter half unused or has no end, what there is
 */
export function pictureOfSamples(samples: Samples, window?: SampleWindow): Picture {
  const { width, height, planes, isInverted = false } = samples;
  const { black, white } = window ?? samples.window ?? naturalWindow(samples);
  if (!(Math.abs(white - black) > 0)) {
    throw new RangeError(`pictureOfSamples: expected black ≠ white, got ${black} and ${white}.`);
  }
  const [from, scale] = isInverted
    ? [white, 255 / (black - white)]
    : [black, 255 / (white - black)];
  const data = new Uint8ClampedArray(3 * width * height);
  for (let channel = 0; channel < 3; channel++) {
    const plane = planes.length >= 3 ? planes[channel] : planes[0];
    // What is no number is drawn black.
    for (let i = 0; i < width * height; i++) data[3 * i + channel] = (plane[i] - from) * scale;
  }
  return { width, height, data };
}

function naturalWindow({ planes, fullScale }: Samples): SampleWindow {
  let [least, most] = [Infinity, -Infinity];
  for (const plane of planes.slice(0, planes.length >= 3 ? 3 : 1)) {
    for (let i = 0; i < plane.length; i++) {
      const value = plane[i];
      if (value < least) least = value;
      if (value > most && value !== Infinity) most = value;
    }
  }
  const isConstant = !(least < most);
  if (fullScale !== undefined && (isConstant || most > fullScale / 2)) {
    return { black: 0, white: fullScale };
  }
  return isConstant ? { black: 0, white: 1 } : { black: least, white: most };
}
