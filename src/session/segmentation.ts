/**
 * From a model's belief to a mask that keeps four promises whatever the model
 * says: a pixel that was clicked has its label, a label with boxes or lassos
 * stays inside them, what was changed by hand stays as it was made, and a
 * locked label keeps its pixels and gets no others.
 */

import type { PinnedPixels } from "../clicks/pinnedPixels.ts";
import type { Label } from "../clicks/prompts.ts";
import type { Mask, Plane, Size } from "../image/pixels.ts";
import { withUnsure } from "../image/unsure.ts";
import type { Belief } from "../models/model.ts";
import { entropyTerm } from "./entropyTerm.ts";
import { keepLocked, type Promises, promised } from "./promised.ts";
import type { Layer } from "./retouch/handEdit.ts";
import { type Retouched, retouched } from "./retouch/retouched.ts";

/** A mask, how sure it is, and the probabilities behind it. */
export interface Segmentation extends Size {
  /** `labels[i]` is the name of mask value `i`. */
  readonly labels: readonly Label[];
  readonly mask: Mask;
  /** Entropy of each pixel's probabilities over that of an even choice: 0 sure, 1 undecided. */
  readonly uncertainty: Plane;
  /** The probability of one label at every pixel, in [0, 1]. */
  probability(label: Label): Plane;
}

/** From this share of an even choice's entropy on, a choice is even. */
const EVEN = 1 - 2e-6;

/** About this many pixels are worked on at a time. */
const BAND_PIXELS = 1 << 16;

/** Called between bands of rows, with the share done; it may throw to stop. */
export type BetweenBands = (share: number) => void;

/**
 * @param belief  Probabilities by rows, `[labels, rows, width]`.
 * @param asked   What the model was told, with the pixels that it fixes, and what is locked.
 * @param edits   What was changed by hand.
 * @param pinned  The pixels that are fixed by what is in force: in edits some may not be any more.
 */
export function segmentation(
  belief: Belief,
  asked: Promises,
  edits: readonly Layer[],
  pinned: PinnedPixels,
  between: BetweenBands,
): Segmentation {
  const { labels, width, height } = belief;
  const rows = (from: number, to: number) => promised(belief, asked, from, to);
  const data = new Uint8Array(width * height);
  const uncertainty = new Float32Array(width * height);
  for (const [from, to] of bands(belief)) {
    decide(rows(from, to), labels.length, from * width, data, uncertainty);
    between(to / height);
  }
  const mask = { width, height, data };
  const made =
    edits.length > 0
      ? retouched(edits, { labels, mask, rows, pinned }, () => between(1))
      : undefined;
  if (made && asked.locked) keepLocked(made.mask, made.byHand, mask, asked.locked);
  if (made) clearWhere(made.byHand, uncertainty);
  return {
    width,
    height,
    labels,
    mask: made?.mask ?? mask,
    uncertainty: { width, height, data: uncertainty },
    probability: (label) => {
      const plane = probability(label, belief, rows);
      if (made) decideByHand(plane, labels.indexOf(label), made);
      return plane;
    },
  };
}

/**
 * The same with its unsure pixels left to nobody: they are `UNSURE` in the mask.
 *
 * @param from Pixels at least this undecided, in (0, 1].
 */
export function leavingUnsure(found: Segmentation, from: number): Segmentation {
  return { ...found, mask: withUnsure(found.mask, found.uncertainty, from) };
}

/** Where an edit decided, there is no doubt. */
function clearWhere(byHand: Uint8Array, uncertainty: Float32Array): void {
  for (let at = 0; at < byHand.length; at++) if (byHand[at] === 1) uncertainty[at] = 0;
}

function decideByHand({ data }: Plane, index: number, { mask, byHand }: Retouched): void {
  for (let at = 0; at < data.length; at++) {
    if (byHand[at] === 1) data[at] = mask.data[at] === index ? 1 : 0;
  }
}

function bands({ width, height }: Size): readonly (readonly [number, number])[] {
  const step = Math.max(1, Math.floor(BAND_PIXELS / width));
  return Array.from({ length: Math.ceil(height / step) }, (_, i) => [
    i * step,
    Math.min(height, (i + 1) * step),
  ]);
}

function probability(
  label: Label,
  belief: Belief,
  rows: (from: number, to: number) => Float32Array,
): Plane {
  const { labels, width, height } = belief;
  const index = labels.indexOf(label);
  if (index === -1) {
    throw new RangeError(
      `probability: expected one of the labels ${labels.join(", ")}, got "${label}".`,
    );
  }
  const data = new Float32Array(width * height);
  for (const [from, to] of bands(belief)) {
    const pixels = (to - from) * width;
    data.set(rows(from, to).subarray(index * pixels, (index + 1) * pixels), from * width);
  }
  return { width, height, data };
}

/** The most probable label of each pixel (the first of equals) and how undecided it is. */
function decide(
  probabilities: Float32Array,
  labels: number,
  offset: number,
  mask: Uint8Array,
  uncertainty: Float32Array,
): void {
  const pixels = probabilities.length / labels;
  const even = Math.log(labels);
  for (let i = 0; i < pixels; i++) {
    let best = 0;
    let top = probabilities[i];
    let entropy = 0;
    for (let label = 0; label < labels; label++) {
      const p = probabilities[label * pixels + i];
      if (p > top) {
        top = p;
        best = label;
      }
      entropy += entropyTerm(p);
    }
    mask[offset + i] = best;
    // The table is a little below the curve: what is as even as it can tell is even.
    const share = entropy / even;
    uncertainty[offset + i] = share > EVEN ? 1 : share;
  }
}
