/** What is kept of one annotated object: enough to sum up again, to compare, and to draw. */

import { OBJECT } from "../clicks/prompts.ts";
import { runLengthString } from "../image/runLengthString.ts";
import { runLengths } from "../image/runLengths.ts";
import type { Annotation } from "./annotate.ts";
import type { Overlap } from "./overlap.ts";

/** Pixels in both, pixels in at least one. */
export type OverlapPair = readonly [intersection: number, union: number];

export interface Sample {
  /** Its name within its set. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Of mask and truth, after each click. */
  readonly overlaps: readonly OverlapPair[];
  /** Of their outlines. */
  readonly boundaries: readonly OverlapPair[];
  /** After each click; `null` before the first answer. Six digits. */
  readonly brier: readonly (number | null)[];
  readonly ece: readonly (number | null)[];
  /** Column, row, and what was said. */
  readonly clicks: readonly (readonly [x: number, y: number, says: "object" | "background"])[];
  /** The last mask, as COCO writes run lengths. */
  readonly mask: string;
  /** Of all clicked pixels in all masks: how many there were, and how many did not have their label. */
  readonly kept: { readonly checked: number; readonly violated: number };
  readonly latencyMs: { readonly encode: number; readonly clicks: readonly number[] };
  /** Equal where all clicks and all masks were. */
  readonly hash: string;
}

/** An annotation as it is kept. */
export function sampleOf(id: string, annotation: Annotation): Sample {
  const { overlaps, boundaries, brier, ece, clicks, mask, kept, openMs, clickMs } = annotation;
  return {
    id,
    width: mask.width,
    height: mask.height,
    overlaps: overlaps.map(pair),
    boundaries: boundaries.map(pair),
    brier: brier.map(rounded),
    ece: ece.map(rounded),
    clicks: clicks.map(({ at, says }) => [at.x, at.y, says === OBJECT ? "object" : "background"]),
    mask: runLengthString(runLengths(mask).counts),
    kept,
    latencyMs: { encode: tenths(openMs), clicks: clickMs.map(tenths) },
    hash: annotation.fingerprint,
  };
}

/** The overlap that a pair stands for. */
export function overlapOf([intersection, union]: OverlapPair): Overlap {
  return { intersection, union };
}

function pair({ intersection, union }: Overlap): OverlapPair {
  return [intersection, union];
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
