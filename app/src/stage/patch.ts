/**
 * Which part of a picture an overlay is painted for, and how finely: what is in sight, at about one
 * sample per device pixel and never more than one per picture pixel.
 */

import type { Size } from "maskwise";
import type { Frame } from "./frame.ts";

/** Of a picture: its pixels from (x, y), every `step`-th in both directions. */
export interface Patch {
  readonly x: number;
  readonly y: number;
  /** How many samples. */
  readonly columns: number;
  readonly rows: number;
  /** Picture pixels per sample, whole, at least 1. */
  readonly step: number;
}

/** What is looked at, and how: the stage in CSS pixels and device pixels per CSS pixel. */
export interface Sight {
  readonly frame: Frame;
  readonly picture: Size;
  readonly stage: Size;
  readonly density: number;
}

/**
 * The patch in sight, or `undefined` where no pixel of the picture is.
 *
 * @param beyond So much around the stage counts as in sight, in CSS pixels. @default 0
 */
export function patchFor(
  { frame, picture, stage, density }: Sight,
  beyond: number = 0,
): Patch | undefined {
  // The largest step at which a sample is at most about a device pixel.
  const step = Math.max(1, Math.floor(1 / (frame.scale * density)));
  // Samples lie on one lattice, so that those of patches side by side fit together.
  const first = (at: number): number =>
    Math.max(0, Math.floor((-at - beyond) / frame.scale / step) * step);
  const last = (at: number, room: number, size: number): number =>
    Math.min(size, Math.ceil((room + beyond - at) / frame.scale));
  const [x, y] = [first(frame.x), first(frame.y)];
  const columns = Math.ceil((last(frame.x, stage.width, picture.width) - x) / step);
  const rows = Math.ceil((last(frame.y, stage.height, picture.height) - y) / step);
  return columns > 0 && rows > 0 ? { x, y, columns, rows, step } : undefined;
}

/** The pixel that a sample of a patch is taken from: the middle of its step, inside the picture. */
export function sampleAt(from: number, index: number, step: number, size: number): number {
  return Math.min(size - 1, from + index * step + (step >> 1));
}
