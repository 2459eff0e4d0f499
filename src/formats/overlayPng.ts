/** A picture with its mask drawn on it, to be looked at; unsure pixels are white. */

import type { Mask, Picture } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";
import { type Colour, drawingColour } from "./labelColours.ts";
import { encodePng } from "./png.ts";

const WHITE: Colour = [255, 255, 255];

export interface OverlayOptions {
  /** Share of the label's colour inside it, 0 to 1. @default 0.45 */
  readonly opacity?: number;
  /** Width of the outline in pixels, drawn inside the label; 0 for none. @default 2, and 1 more for every 1,000 pixels of the longer side */
  readonly outline?: number;
}

/** @throws {RangeError} When picture and mask differ in size, or an option is out of range. */
export function writeOverlayPng(
  picture: Picture,
  mask: Mask,
  options: OverlayOptions = {},
): Uint8Array {
  const { width, height } = picture;
  const { opacity = 0.45, outline = 2 + Math.floor(Math.max(width, height) / 1000) } = options;
  if (mask.width !== width || mask.height !== height) {
    throw new RangeError(
      `writeOverlayPng: expected a mask of ${width}×${height}, got ${mask.width}×${mask.height}.`,
    );
  }
  if (!(opacity >= 0 && opacity <= 1) || !(outline >= 0)) {
    throw new RangeError(
      `writeOverlayPng: expected opacity from 0 to 1 and outline ≥ 0, got ${opacity} and ${outline}.`,
    );
  }
  const nearEdge = edgeDistance(mask, outline);
  const data = Uint8ClampedArray.from(picture.data);
  const colours = Array.from({ length: 256 }, (_, label) =>
    label === UNSURE ? WHITE : drawingColour(label),
  );
  for (let i = 0; i < mask.data.length; i++) {
    const label = mask.data[i];
    if (label === 0) continue;
    const share = nearEdge[i] < outline ? 1 : opacity;
    const colour = colours[label];
    for (let channel = 0; channel < 3; channel++) {
      const at = i * 3 + channel;
      data[at] += (colour[channel] - data[at]) * share;
    }
  }
  return encodePng({ width, height, channels: 3, data });
}

/**
 * Steps (left, right, up, down) from each pixel to the nearest one of another label, less one, up
 * to `limit`: 0 right at an edge. The border of the picture is no edge.
 */
function edgeDistance({ width, height, data }: Mask, limit: number): Uint8Array {
  const far = Math.min(255, Math.ceil(limit));
  const distance = new Uint8Array(data.length).fill(far);
  const relax = (at: number, neighbour: number): void => {
    const here = data[at] === data[neighbour] ? distance[neighbour] + 1 : 0;
    if (here < distance[at]) distance[at] = here;
  };
  for (let at = 0; at < data.length; at++) {
    if (at % width > 0) relax(at, at - 1);
    if (at >= width) relax(at, at - width);
  }
  for (let at = data.length - 1; at >= 0; at--) {
    if (at % width < width - 1) relax(at, at + 1);
    if (at < (height - 1) * width) relax(at, at + width);
  }
  return distance;
}
