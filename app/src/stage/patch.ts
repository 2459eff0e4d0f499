/**
 * Which part of a picture an overlay is made for, and how finely. Small pictures get one overlay
 * for all of it; of a large one, that would be hundreds of megabytes, so it gets a coarse overlay
 * of the whole or a fine one of what is in sight.
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

/** At four bytes each, 16 MB. */
const MAX_SAMPLES = 4e6;

/** A fine patch reaches this far beyond what is in sight, in stages, so that panning is smooth. */
const BEYOND = 0.5;

export function patchFor(sight: Sight): Patch {
  const { picture } = sight;
  const coarse = Math.ceil(Math.sqrt((picture.width * picture.height) / MAX_SAMPLES));
  const fine = stepInSight(sight);
  if (coarse <= fine) return patch(picture, 0, 0, picture.width, picture.height, coarse);
  const { left, top, right, bottom } = inSight(sight, BEYOND);
  return patch(picture, left, top, right, bottom, fine);
}

/** Whether a patch still shows all that is in sight as finely as the screen can. */
export function suffices(made: Patch, sight: Sight): boolean {
  if (made.step > stepInSight(sight)) return false;
  const { left, top, right, bottom } = inSight(sight, 0);
  return (
    made.x <= left &&
    made.y <= top &&
    made.x + made.columns * made.step >= right &&
    made.y + made.rows * made.step >= bottom
  );
}

/** The largest step at which a sample is at most about a device pixel. */
function stepInSight({ frame, density }: Sight): number {
  return Math.max(1, Math.floor(1 / (frame.scale * density)));
}

function inSight({ frame, picture, stage }: Sight, beyond: number) {
  const within = (at: number, end: number): number => Math.min(end, Math.max(0, at));
  const wide = stage.width * beyond;
  const high = stage.height * beyond;
  return {
    left: within(Math.floor((-wide - frame.x) / frame.scale), picture.width),
    top: within(Math.floor((-high - frame.y) / frame.scale), picture.height),
    right: within(Math.ceil((stage.width + wide - frame.x) / frame.scale), picture.width),
    bottom: within(Math.ceil((stage.height + high - frame.y) / frame.scale), picture.height),
  };
}

function patch(
  { width, height }: Size,
  left: number,
  top: number,
  right: number,
  bottom: number,
  step: number,
): Patch {
  const x = Math.min(left, width - 1);
  const y = Math.min(top, height - 1);
  return {
    x,
    y,
    columns: Math.max(1, Math.ceil((right - x) / step)),
    rows: Math.max(1, Math.ceil((bottom - y) / step)),
    step,
  };
}

/** The pixel that a sample of a patch is taken from: the middle of its step, inside the picture. */
export function sampleAt(from: number, index: number, step: number, size: number): number {
  return Math.min(size - 1, from + index * step + (step >> 1));
}
