/** How the standard sets for interactive segmentation write down what is right. */

import { IGNORE, INSIDE, type Truth } from "../clicks/truth.ts";
import { FormatError } from "../formats/formatError.ts";
import type { Raster } from "./edge.ts";

export type SetName = "grabcut" | "berkeley" | "davis" | "coco_mval";

/** The mask files of each set; a set that is not here is not known. */
export const conventions: Readonly<Record<SetName, (raster: Raster) => Truth>> = {
  grabcut: undecidedBand,
  berkeley: undecidedBand,
  davis: unitedObjects,
  coco_mval: unitedObjects,
};

/** GrabCut's grey for pixels that nobody decided. */
const UNDECIDED = 128;

/** First channel: 128 is ignored, what is brighter is the object. */
export function undecidedBand({ width, height, channels, data }: Raster): Truth {
  const truth = new Uint8Array(width * height);
  for (let at = 0; at < truth.length; at++) {
    const grey = data[at * channels];
    if (grey === UNDECIDED) truth[at] = IGNORE;
    else if (grey > UNDECIDED) truth[at] = INSIDE;
  }
  return { width, height, data: truth };
}

/** Whatever is not 0 in some channel is the object: all objects as one. Nothing is ignored. */
export function unitedObjects({ width, height, channels, data }: Raster): Truth {
  const truth = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++) {
    if (data[at] > 0) truth[Math.floor(at / channels)] = INSIDE;
  }
  return { width, height, data: truth };
}

/**
 * Black and white masks that people draw: 0 is the background, 255 or 1 the object, 128 undecided.
 * An alpha channel is passed over.
 *
 * @throws {FormatError} Colours, or another grey: then it is not known what is meant.
 */
export function blackAndWhite(raster: Raster): Truth {
  const { width, height, channels, data } = raster;
  const truth = new Uint8Array(width * height);
  for (let at = 0; at < truth.length; at++) {
    const grey = data[at * channels];
    if (isColoured(raster, at) || !GREYS.has(grey)) {
      const got = [...data.subarray(at * channels, at * channels + Math.min(3, channels))];
      throw new FormatError(
        `expected the greys 0 (background), 255 or 1 (object) and 128 (undecided), got ${got.join(", ")} at (${at % width}, ${Math.floor(at / width)}). Save it in black and white; for several objects save it with a palette, or with their numbers as NAME.labels.png.`,
      );
    }
    truth[at] = GREYS.get(grey) ?? 0;
  }
  return { width, height, data: truth };
}

const GREYS: ReadonlyMap<number, number> = new Map([
  [0, 0],
  [1, INSIDE],
  [UNDECIDED, IGNORE],
  [255, INSIDE],
]);

/** Whether red, green and blue differ at some pixel. */
export function hasColours(raster: Raster): boolean {
  for (let at = 0; at < raster.width * raster.height; at++) if (isColoured(raster, at)) return true;
  return false;
}

function isColoured({ channels, data }: Raster, at: number): boolean {
  if (channels < 3) return false;
  const red = data[at * channels];
  return data[at * channels + 1] !== red || data[at * channels + 2] !== red;
}

/** Samples that are numbers of things; of several channels the first is read. */
export function labelMap({ width, height, channels, data }: Raster): Truth {
  const first = Uint8Array.from({ length: width * height }, (_, at) => data[at * channels]);
  return { width, height, data: first };
}

/** One thing of a map of labelled things is the object; 255 is ignored, other things are background. */
export function truthOfLabel({ width, height, data }: Truth, label: number): Truth {
  const of = (value: number) => (value === label ? INSIDE : value === IGNORE ? IGNORE : 0);
  return { width, height, data: data.map(of) };
}
