/** How the standard sets for interactive segmentation write down what is right. */

import { IGNORE, INSIDE, type Truth } from "../clicks/truth.ts";
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

/** One thing of a map of labelled things is the object; 255 is ignored, other things are background. */
export function truthOfLabel({ width, height, data }: Truth, label: number): Truth {
  const of = (value: number) => (value === label ? INSIDE : value === IGNORE ? IGNORE : 0);
  return { width, height, data: data.map(of) };
}
