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
import type { Mask, Picture } from "../image/pixels.ts";
import { say } from "../session/edit.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { newSession } from "../session/session.ts";
import { type Overlap, overlap } from "./overlap.ts";

export interface AnnotateOptions {
  /** How many clicks. @default 20 */
  readonly clicks?: number;
  /** The time in milliseconds, from any start. */
  readonly now: () => number;
}

/** What happened with one object. */
export interface Annotation {
  /** After each click; `clicks` entries, also where fewer were needed. */
  readonly overlaps: readonly Overlap[];
  /** The clicks that were made. */
  readonly clicks: readonly Click[];
  /** The mask after the last of them. */
  readonly mask: Mask;
  /** Of all clicked pixels in all masks: how many there were, and how many did not have their label. */
  readonly kept: { readonly checked: number; readonly violated: number };
  /** How long opening the picture took, and the mask after each click. */
  readonly openMs: number;
  readonly clickMs: readonly number[];
}

/**
 * Annotate one object of a picture.
 *
 * @param open Encodes the picture: `(picture) => openPicture(picture, model, { run })`.
 */
export async function annotate(
  { picture, truth }: { readonly picture: Picture; readonly truth: Truth },
  open: (picture: Picture) => Promise<Segmenter>,
  { clicks: limit = 20, now }: AnnotateOptions,
): Promise<Annotation> {
  const { width, height } = truth;
  const opening = now();
  const segmenter = await open(picture);
  const openMs = now() - opening;
  let session = newSession({ width, height });
  let mask: Mask = { width, height, data: new Uint8Array(width * height) };
  let kept = { checked: 0, violated: 0 };
  const clicks: Click[] = [];
  const clickMs: number[] = [];
  const overlaps: Overlap[] = [];
  let current = overlap(truth, mask);
  while (overlaps.length < limit) {
    if (current.intersection === current.union) {
      overlaps.push(current);
      continue;
    }
    const click = nextClick(
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
    current = overlap(truth, mask);
    overlaps.push(current);
    kept = {
      checked: kept.checked + clicks.length,
      violated: kept.violated + violations(mask, clicks),
    };
  }
  return { overlaps, clicks, mask, kept, openMs, clickMs };
}

/** How many clicked pixels do not have what was said. */
function violations({ width, data }: Mask, clicks: readonly Click[]): number {
  return clicks.filter(({ at, says }) => (data[at.y * width + at.x] === 1) !== (says === OBJECT))
    .length;
}
