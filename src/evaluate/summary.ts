/** The numbers that papers on interactive segmentation print, over the objects of one set. */

import { fingerprint } from "./fingerprint.ts";
import { clicksToReach, iou, type Overlap } from "./overlap.ts";
import { type OverlapPair, overlapOf, type Sample } from "./sample.ts";

/** IoU targets in percent. */
export const TARGETS = ["80", "85", "90", "95"] as const;

/** An IoU in percent that objects are to reach. */
export type Target = (typeof TARGETS)[number];

export type ByTarget<T> = Readonly<Record<Target, T>>;

/** The middle and the nearly worst of some times, in milliseconds. */
export interface Spread {
  readonly median: number;
  /** 95 % are at most this. */
  readonly p95: number;
}

/** Lists have an entry for click 1, 2, …; `null` stands where no object has a value. */
export interface Summary {
  readonly objects: number;
  /** Clicks to reach each target, on average; an object that never did counts as the limit. */
  readonly noc: ByTarget<number>;
  /** How many objects never did. */
  readonly nof: ByTarget<number>;
  /** As RITM counts them: also those that did with the last click. */
  readonly nofConventional: ByTarget<number>;
  /** Mean IoU, 0 to 1, over the objects that have one; empty truths have none. */
  readonly miou: readonly (number | null)[];
  /** By how much each click raised it; the first, from nothing. */
  readonly gain: readonly (number | null)[];
  readonly boundaryIou: readonly (number | null)[];
  /** Clicks after which the IoU was lower than before: their share of all but first clicks, and the worst drop. */
  readonly falling: { readonly share: number; readonly worst: number };
  /** Share of clicked pixels, over all masks, that did not have their label. */
  readonly violations: number;
  readonly brier: readonly (number | null)[];
  readonly ece: readonly (number | null)[];
  /** Opening a picture, a click after the first, the first click; `null` where nothing was measured. */
  readonly latencyMs: {
    readonly encode: Spread | null;
    readonly click: Spread | null;
    readonly firstClick: Spread | null;
  };
  /** Equal where all clicks and all masks were. */
  readonly hash: string;
}

/**
 * Sum up samples that all had the same limit of clicks.
 *
 * @throws {RangeError} When there are none.
 */
export function summary(samples: readonly Sample[]): Summary {
  if (samples.length === 0) throw new RangeError("summary: expected samples, got none.");
  const miou = meanCurve(samples.map(({ overlaps }) => overlaps.map(iouOf)));
  return {
    objects: samples.length,
    noc: byTarget((target) => mean(clicksNeeded(target, samples)) ?? 0),
    nof: byTarget((target) => samples.filter((one) => clicksOf(target, one) === undefined).length),
    nofConventional: byTarget((target) => {
      const atLimit = ({ overlaps }: Sample, needed: number) => needed === overlaps.length;
      const needed = clicksNeeded(target, samples);
      return samples.filter((one, i) => atLimit(one, needed[i])).length;
    }),
    miou,
    gain: miou.map((value, k) => difference(value, k === 0 ? 0 : miou[k - 1])),
    boundaryIou: meanCurve(samples.map(({ boundaries }) => boundaries.map(iouOf))),
    falling: falling(samples),
    violations: violations(samples),
    brier: meanCurve(samples.map(({ brier }) => brier)),
    ece: meanCurve(samples.map(({ ece }) => ece)),
    latencyMs: {
      encode: spread(samples.map(({ latencyMs }) => latencyMs.encode)),
      click: spread(samples.flatMap(({ latencyMs }) => latencyMs.clicks.slice(1))),
      firstClick: spread(samples.flatMap(({ latencyMs }) => latencyMs.clicks.slice(0, 1))),
    },
    hash: hashOf(samples),
  };
}

/** One value for each target. */
export function byTarget<T>(value: (target: Target) => T): ByTarget<T> {
  return { "80": value("80"), "85": value("85"), "90": value("90"), "95": value("95") };
}

/** How many clicks each object needed to reach a target, the limit where it never did. */
export function clicksNeeded(target: Target, samples: readonly Sample[]): readonly number[] {
  return samples.map((one) => clicksOf(target, one) ?? one.overlaps.length);
}

/** IoU of a pair, `null` where there is neither object nor mask. */
export function iouOf(pair: OverlapPair): number | null {
  const value = iou(overlapOf(pair));
  return Number.isNaN(value) ? null : value;
}

/** The mean of what is there, `null` where nothing is. */
export function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}

function clicksOf(target: Target, { overlaps }: Sample): number | undefined {
  return clicksToReach(Number(target), overlaps.map(overlapOf));
}

function meanCurve(curves: readonly (readonly (number | null)[])[]): readonly (number | null)[] {
  return curves[0].map((_, k) => mean(curves.map((curve) => curve[k])));
}

function difference(value: number | null, before: number | null): number | null {
  return value === null || before === null ? null : value - before;
}

function falling(samples: readonly Sample[]): Summary["falling"] {
  const ious = (overlaps: readonly Overlap[]) => overlaps.map(iou);
  const steps = samples.flatMap(({ clicks, overlaps }) => {
    const made = ious(overlaps.slice(0, clicks.length).map(overlapOf));
    return made.slice(1).map((value, i) => value - made[i]);
  });
  const fallen = steps.filter((step) => step < 0);
  return {
    share: steps.length === 0 ? 0 : fallen.length / steps.length,
    worst: fallen.reduce((worst, step) => Math.max(worst, -step), 0),
  };
}

function violations(samples: readonly Sample[]): number {
  const checked = samples.reduce((sum, { kept }) => sum + kept.checked, 0);
  const violated = samples.reduce((sum, { kept }) => sum + kept.violated, 0);
  return checked === 0 ? 0 : violated / checked;
}

function spread(times: readonly number[]): Spread | null {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const rank = (part: number) => sorted[Math.ceil(part * sorted.length) - 1];
  return { median: rank(0.5), p95: rank(0.95) };
}

function hashOf(samples: readonly Sample[]): string {
  const print = fingerprint();
  for (const { id, hash } of samples) print.addText(`${id} ${hash}`);
  return print.digits();
}
