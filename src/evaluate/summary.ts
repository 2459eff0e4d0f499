/** The numbers that papers on interactive segmentation print, over many objects. */

import type { Annotation } from "./annotate.ts";
import { clicksToReach, iou, type Overlap } from "./overlap.ts";

/** IoU targets in percent. */
export const TARGETS: readonly number[] = [80, 85, 90, 95];

/** NoC at one target. */
export interface ClicksToTarget {
  readonly percent: number;
  /** Clicks to reach it, on average (NoC); an object that never did counts as the limit. */
  readonly mean: number;
  /** How many objects never did (strict NoF). RITM's "≥ 20" also counts those that did with the last click. */
  readonly failures: number;
}

/** The middle and the nearly worst of some times, in milliseconds. */
export interface Spread {
  readonly median: number;
  /** 95 % are at most this. */
  readonly p95: number;
}

export interface Summary {
  readonly objects: number;
  readonly targets: readonly ClicksToTarget[];
  /** Mean IoU after click 1, 2, …, over the objects that have one; empty truths have none. */
  readonly meanIou: readonly number[];
  /** Clicks after which the IoU was lower than before: their share of all but first clicks, and the worst drop. */
  readonly falls: { readonly share: number; readonly worst: number };
  /** Share of clicked pixels, over all masks, that did not have their label. */
  readonly violations: number;
  /** Absent where nothing was measured. */
  readonly latency: {
    readonly open?: Spread;
    readonly firstClick?: Spread;
    readonly laterClicks?: Spread;
  };
  /** Equal where all clicks and all final masks were. */
  readonly fingerprint: string;
}

/**
 * Sum up annotations that all had the same limit of clicks.
 *
 * @throws {RangeError} When there are none.
 */
export function summary(annotations: readonly Annotation[]): Summary {
  if (annotations.length === 0) throw new RangeError("summary: expected annotations, got none.");
  const curves = annotations.map(({ overlaps }) => overlaps);
  const limit = curves[0].length;
  return {
    objects: annotations.length,
    targets: TARGETS.map((percent) => clicksToTarget(percent, curves, limit)),
    meanIou: Array.from({ length: limit }, (_, k) =>
      mean(curves.map((curve) => iou(curve[k])).filter((value) => !Number.isNaN(value))),
    ),
    falls: falls(annotations),
    violations: share(annotations),
    latency: latency(annotations),
    fingerprint: fingerprint(annotations),
  };
}

/**
 * NoC and NoF at one target.
 *
 * @param curves Overlaps after each click, one list per object.
 * @param limit  What an object that never reached the target counts.
 */
export function clicksToTarget(
  percent: number,
  curves: readonly (readonly Overlap[])[],
  limit: number,
): ClicksToTarget {
  const counts = curves.map((curve) => clicksToReach(percent, curve));
  return {
    percent,
    mean: mean(counts.map((count) => count ?? limit)),
    failures: counts.filter((count) => count === undefined).length,
  };
}

function falls(annotations: readonly Annotation[]): Summary["falls"] {
  const steps = annotations.flatMap(({ clicks, overlaps }) =>
    clicks.slice(1).map((_, i) => iou(overlaps[i + 1]) - iou(overlaps[i])),
  );
  const fallen = steps.filter((step) => step < 0);
  return {
    share: steps.length === 0 ? 0 : fallen.length / steps.length,
    worst: Math.max(0, ...fallen.map((step) => -step)),
  };
}

function share(annotations: readonly Annotation[]): number {
  const sum = (of: (kept: Annotation["kept"]) => number) =>
    annotations.reduce((total, { kept }) => total + of(kept), 0);
  const checked = sum((kept) => kept.checked);
  return checked === 0 ? 0 : sum((kept) => kept.violated) / checked;
}

function latency(annotations: readonly Annotation[]): Summary["latency"] {
  const open = spread(annotations.map(({ openMs }) => openMs));
  const firstClick = spread(annotations.flatMap(({ clickMs }) => clickMs.slice(0, 1)));
  const laterClicks = spread(annotations.flatMap(({ clickMs }) => clickMs.slice(1)));
  return {
    ...(open && { open }),
    ...(firstClick && { firstClick }),
    ...(laterClicks && { laterClicks }),
  };
}

function spread(times: readonly number[]): Spread | undefined {
  if (times.length === 0) return undefined;
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (part: number) => sorted[Math.ceil(part * sorted.length) - 1];
  return { median: rank(0.5), p95: rank(0.95) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** FNV-1a over clicks and masks, 32 bits. */
function fingerprint(annotations: readonly Annotation[]): string {
  let hash = 0x811c9dc5;
  const add = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (const { clicks, mask } of annotations) {
    const said = clicks.map(({ at, says }) => `${says} ${at.x} ${at.y}`).join("\n");
    for (const byte of new TextEncoder().encode(said)) add(byte);
    for (const byte of mask.data) add(byte);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
