/**
 * An object as it might have been photographed otherwise: nearer, mirrored, in other light, less
 * sharp, behind another thing or on another ground.
 */

import { INSIDE, type Truth } from "../../clicks/truth.ts";
import { type Drawn, drawObject, type Source, type Told } from "../collections/drawObject.ts";
import type { Annotated } from "../dataSet.ts";
import { mirrored } from "./mirrored.ts";
import { pasted } from "./pasted.ts";
import { blurred, recoloured } from "./recoloured.ts";
import { squareCut } from "./squareCut.ts";

/** How much may be changed. Shares are probabilities, in [0, 1]. */
export interface Augmentation {
  /** Side of the square that is cut, in pixels. */
  readonly side: number;
  /** The picture's longer side over that of the square: from and to, > 0, drawn evenly in its logarithm. */
  readonly scale: readonly [least: number, most: number];
  /** Share that is mirrored. */
  readonly flip: number;
  /** Factors are drawn evenly from 1 − x to 1 + x, each x in [0, 1). */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Share that is blurred, and the most that is, as a standard deviation in pixels. */
  readonly blur: { readonly share: number; readonly sigma: number };
  /** Share that has another object laid on it, or is laid on another picture. */
  readonly paste: number;
  /** The least share of the square's pixels that the object must fill; else another is drawn. */
  readonly least: number;
}

/** So many objects in a row that come out too small say that the options allow none. */
const MOST_DRAWS = 100;

/**
 * Draw an object and change it. The same random numbers give the same.
 *
 * @param random Uniform in [0, 1).
 * @returns A square in which the object fills at least `least`.
 * @throws {RangeError} The options leave no object large enough.
 * @throws {FormatError} As `drawObject`.
 */
export async function augmentedDraw(
  sources: readonly Source[],
  options: Augmentation,
  random: () => number,
  told: Told,
): Promise<Drawn> {
  for (let draws = 0; draws < MOST_DRAWS; draws++) {
    const first = await drawObject(sources, random, told);
    const sample = augmented(first, options, random);
    if (random() >= options.paste) {
      if (isLargeEnough(sample.truth, options)) return { id: first.id, ...sample };
      continue;
    }
    const second = await drawObject(sources, random, told);
    const other = augmented(second, options, random);
    const asked = random() < 0.5 ? "above" : "below";
    const both = pasted(sample, other, asked);
    if (isLargeEnough(both.truth, options)) {
      return { id: `${first.id} under ${second.id}, ${asked}`, ...both };
    }
  }
  throw new RangeError(
    `augmentedDraw: expected an object that fills ${options.least} of a square of ${options.side} pixels, got none in ${MOST_DRAWS} draws. Ask for less, or scale less down.`,
  );
}

/**
 * One object cut out as a square and changed; it may have become small.
 *
 * @param random Uniform in [0, 1).
 */
export function augmented(
  annotated: Annotated,
  options: Augmentation,
  random: () => number,
): Annotated {
  const { side, scale, blur } = options;
  const isMirrored = random() < options.flip;
  const drawnScale = scale[0] * (scale[1] / scale[0]) ** random();
  const cut = squareCut(annotated, side, drawnScale, random);
  const factor = (most: number) => 1 + most * (2 * random() - 1);
  const change = {
    brightness: factor(options.brightness),
    contrast: factor(options.contrast),
    saturation: factor(options.saturation),
  };
  const isBlurred = random() < blur.share;
  const sigma = blur.sigma * random();
  const seen = isBlurred ? blurred(cut.picture, sigma) : cut.picture;
  const changed = { picture: recoloured(seen, change), truth: cut.truth };
  return isMirrored ? mirrored(changed) : changed;
}

function isLargeEnough({ data }: Truth, { least }: Augmentation): boolean {
  let count = 0;
  for (let at = 0; at < data.length; at++) if (data[at] === INSIDE) count++;
  return count > 0 && count >= least * data.length;
}
