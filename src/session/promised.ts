/** A model's probabilities, held to what was promised whatever the model says. */

import type { PinnedPixels } from "../clicks/pinnedPixels.ts";
import type { Prompt, Region } from "../clicks/prompts.ts";
import { isRegion, spansOf } from "../clicks/regions.ts";
import type { Mask } from "../image/pixels.ts";
import type { Belief } from "../models/model.ts";

/** The labels that are locked, and the pixels that they keep. */
export interface Locked {
  /** Indices of the labels. */
  readonly finished: readonly number[];
  /** For each pixel the index of its locked label and one more, 0 for none. */
  readonly owners: Uint16Array;
}

export interface Promises {
  /** What the model was told. */
  readonly prompts: readonly Prompt[];
  /** The pixels that clicks and strokes of those fix. */
  readonly pinned: PinnedPixels;
  readonly locked: Locked | undefined;
}

/** A model's rows with regions, pinned pixels and locks obeyed. */
export function promised(
  belief: Belief,
  { prompts, pinned, locked }: Promises,
  from: number,
  to: number,
): Float32Array {
  const { labels, width } = belief;
  const probabilities = belief.rows(from, to);
  labels.forEach((label, index) => {
    const regions = prompts.filter(isRegion).filter(({ says }) => says === label);
    if (regions.length > 0) confine(probabilities, labels.length, index, regions, width, from);
  });
  const pixels = (to - from) * width;
  const start = from * width;
  for (const [at, label] of pinned.between(start, start + pixels)) {
    decide(probabilities, labels, labels.indexOf(label), pixels, at - start);
  }
  if (locked) {
    for (let at = 0; at < pixels; at++) {
      const owner = locked.owners[start + at];
      if (owner > 0) decide(probabilities, labels, owner - 1, pixels, at);
      else for (const own of locked.finished) takeAway(probabilities, labels, own, pixels, at);
    }
  }
  return probabilities;
}

/** Put locked pixels of a mask back, and give back to `before` what locked labels gained. */
export function keepLocked(mask: Mask, byHand: Uint8Array, before: Mask, locked: Locked): void {
  for (let at = 0; at < mask.data.length; at++) {
    const owner = locked.owners[at];
    if (owner === 0 && !locked.finished.includes(mask.data[at])) continue;
    mask.data[at] = before.data[at];
    byHand[at] = 0;
  }
}

/** Take a label's probability away outside its regions and give it to the others. */
function confine(
  probabilities: Float32Array,
  labels: number,
  index: number,
  regions: readonly Region[],
  width: number,
  from: number,
): void {
  const pixels = probabilities.length / labels;
  const isHeld = new Uint8Array(width);
  for (let start = 0; start < pixels; start += width) {
    isHeld.fill(0);
    for (const [left, right] of regions.flatMap((one) => spansOf(one, from + start / width))) {
      isHeld.fill(1, Math.max(0, left), Math.max(0, right + 1));
    }
    for (let x = 0; x < width; x++) {
      if (isHeld[x] === 0) takeAway(probabilities, { length: labels }, index, pixels, start + x);
    }
  }
}

interface Count {
  readonly length: number;
}

function decide(
  probabilities: Float32Array,
  labels: Count,
  index: number,
  pixels: number,
  at: number,
): void {
  for (let label = 0; label < labels.length; label++) {
    probabilities[label * pixels + at] = label === index ? 1 : 0;
  }
}

function takeAway(
  probabilities: Float32Array,
  labels: Count,
  index: number,
  pixels: number,
  at: number,
): void {
  probabilities[index * pixels + at] = 0;
  let rest = 0;
  for (let label = 0; label < labels.length; label++) rest += probabilities[label * pixels + at];
  if (rest === 0) probabilities[at] = 1;
  else for (let i = at; i < probabilities.length; i += pixels) probabilities[i] /= rest;
}
