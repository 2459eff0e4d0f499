/**
 * One object, annotated by the simulated annotator: it clicks, looks at the
 * mask, and clicks again, without stopping at a target.
 *
 * Where nothing is left to correct, it says nothing more, and the mask stays
 * as it is for the clicks that would follow. (RITM's evaluation clicks
 * background at (0, 0) then, be it object or not.)
 */

import { nextClick } from "../clicks/nextClick.ts";
import { type Click, OBJECT } from "../clicks/prompts.ts";
import type { Truth } from "../clicks/truth.ts";
import type { Mask, Picture, PixelPoint } from "../image/pixels.ts";
import { say } from "../session/edit.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { newSession } from "../session/session.ts";
import { boundaryOverlap } from "./boundary.ts";
import { calibration } from "./calibration.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Overlap, overlap } from "./overlap.ts";

/** Somebody who sees a mask, knows what is right and has clicked before, and clicks again. */
export type NextClick = (truth: Truth, mask: Mask, clicked: readonly PixelPoint[]) => Click;

export interface AnnotateOptions {
  /** How many clicks. @default 20 */
  readonly clicks?: number;
  /** Who clicks. @default the middle of the largest error */
  readonly next?: NextClick;
  /** The time in milliseconds, from any start. */
  readonly now: () => number;
}

/** What happened with one object. */
export interface Annotation {
  /** After each click; `clicks` entries, also where fewer were needed. */
  readonly overlaps: readonly Overlap[];
  /** The same of the outlines. */
  readonly boundaries: readonly Overlap[];
  /** Brier score and expected calibration error after each click; `NaN` before the first answer. */
  readonly brier: readonly number[];
  readonly ece: readonly number[];
  /** The clicks that were made. */
  readonly clicks: readonly Click[];
  /** The mask after the last of them. */
  readonly mask: Mask;
  /** Of all clicked pixels in all masks: how many there were, and how many did not have their label. */
  readonly kept: { readonly checked: number; readonly violated: number };
  /** How long opening the picture took, and the mask after each click. */
  readonly openMs: number;
  readonly clickMs: readonly number[];
  /** Equal where all clicks and all masks were. */
  readonly fingerprint: string;
}

/**
 * Annotate one object of a picture.
 *
 * @param open Encodes the picture: `(picture) => openPicture(picture, model, { run })`.
 */
export async function annotate(
  { picture, truth }: { readonly picture: Picture; readonly truth: Truth },
  open: (picture: Picture) => Promise<Segmenter>,
  { clicks: limit = 20, next = nextClick, now }: AnnotateOptions,
): Promise<Annotation> {
  const { width, height } = truth;
  const opening = now();
  const segmenter = await open(picture);
  const openMs = now() - opening;
  const boundary = boundaryOverlap(truth);
  const print = fingerprint();
  let session = newSession({ width, height });
  let mask: Mask = { width, height, data: new Uint8Array(width * height) };
  let kept = { checked: 0, violated: 0 };
  const clicks: Click[] = [];
  const clickMs: number[] = [];
  let step = {
    overlap: overlap(truth, mask),
    boundary: boundary(mask),
    brier: Number.NaN,
    ece: Number.NaN,
  };
  const steps: (typeof step)[] = [];
  while (steps.length < limit) {
    if (step.overlap.intersection < step.overlap.union) {
      const click = next(
        truth,
        mask,
        clicks.map(({ at }) => at),
      );
      clicks.push(click);
      session = say(session, click);
      const asked = now();
      const answer = await segmenter.segment(session);
      clickMs.push(now() - asked);
      const object = answer.labels.indexOf(OBJECT);
      mask = { width, height, data: answer.mask.data.map((label) => (label === object ? 1 : 0)) };
      step = {
        overlap: overlap(truth, mask),
        boundary: boundary(mask),
        ...calibration(truth, answer.probability(OBJECT)),
      };
      kept = {
        checked: kept.checked + clicks.length,
        violated: kept.violated + violations(mask, clicks),
      };
      print.addText(`${click.says} ${click.at.x} ${click.at.y}`);
      print.addBytes(mask.data);
    }
    steps.push(step);
  }
  return {
    overlaps: steps.map((one) => one.overlap),
    boundaries: steps.map((one) => one.boundary),
    brier: steps.map((one) => one.brier),
    ece: steps.map((one) => one.ece),
    clicks,
    mask,
    kept,
    openMs,
    clickMs,
    fingerprint: print.digits(),
  };
}

/** How many clicked pixels do not have what was said. */
function violations({ width, data }: Mask, clicks: readonly Click[]): number {
  return clicks.filter(({ at, says }) => (data[at.y * width + at.x] === 1) !== (says === OBJECT))
    .length;
}
