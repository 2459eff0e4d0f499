/** A segmentation from the object's probability alone, for segmenters made of other segmenters. */

import { BACKGROUND, type Click, OBJECT } from "../clicks/prompts.ts";
import { mapInto } from "../image/mapInto.ts";
import type { Picture, Plane } from "../image/pixels.ts";
import type { Segmentation } from "../session/segmentation.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { type Session, state } from "../session/session.ts";

/** Encodes a picture: `(picture) => openPicture(picture, model, { run })`. */
export type Open = (picture: Picture) => Promise<Segmenter>;

/** The clicks of a session, first said first. */
export function clicksOf(session: Session): readonly Click[] {
  return [...state(session).prompts.values()].filter((prompt) => prompt.kind === "click");
}

/**
 * @param object Probability of the object; clicked pixels are set to what was said.
 * @param clicks On whole pixels.
 */
export function segmentationOf(object: Plane, clicks: readonly Click[]): Segmentation {
  const { width, height } = object;
  const data = Float32Array.from(object.data);
  for (const { at, says } of clicks) data[at.y * width + at.x] = says === OBJECT ? 1 : 0;
  const plane = (of: (p: number) => number): Plane => ({ width, height, data: data.map(of) });
  return {
    width,
    height,
    labels: [BACKGROUND, OBJECT],
    mask: {
      width,
      height,
      data: mapInto(new Uint8Array(data.length), data, (p) => (p > 0.5 ? 1 : 0)),
    },
    uncertainty: plane((p) => (p <= 0 || p >= 1 ? 0 : entropy(p) / Math.LN2)),
    probability: (label) => plane((p) => (label === OBJECT ? p : 1 - p)),
  };
}

function entropy(p: number): number {
  return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
}
