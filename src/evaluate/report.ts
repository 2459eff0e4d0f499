/**
 * The report of an evaluation as JSON: what was done, what came out for each set, and every object
 * by itself, so that a report can be continued, compared and drawn. Fields are added and never
 * renamed within a version.
 */

import { RESAMPLES, type Seeded } from "./bootstrap.ts";
import { BOUNDARY_SHARE } from "./boundary.ts";
import { CALIBRATION_BINS } from "./calibration.ts";
import { type Intervals, intervals } from "./intervals.ts";
import type { Sample } from "./sample.ts";
import { type Summary, summary } from "./summary.ts";

export const REPORT_FORMAT = "maskwise evaluation";
export const REPORT_VERSION = 1;

/** What decides the clicks and masks: two reports can be compared where these are the same. */
export interface Protocol {
  /** How many clicks each object may get; nobody stops at a target. */
  readonly clicks: number;
  readonly pattern: string;
  readonly seed: number;
  readonly flip: boolean;
  readonly zoom: boolean;
  /** A pixel is the object where that is its most probable label. */
  readonly threshold: "most probable";
  /** Errors are measured over all pixels, not piece by piece. */
  readonly connectivity: "none";
  /** Of the simulated annotator. */
  readonly simulator: 1;
  readonly calibrationBins: number;
  readonly boundaryShare: number;
  readonly resamples: number;
}

/** The protocol with everything that has only one value today. */
export function protocol(
  chosen: Pick<Protocol, "clicks" | "pattern" | "seed" | "flip" | "zoom">,
): Protocol {
  return {
    ...chosen,
    threshold: "most probable",
    connectivity: "none",
    simulator: 1,
    calibrationBins: CALIBRATION_BINS,
    boundaryShare: BOUNDARY_SHARE,
    resamples: RESAMPLES,
  };
}

export interface Skipped {
  readonly id: string;
  readonly reason: string;
}

export interface SetReport extends Summary {
  readonly intervals: Intervals;
  /** Objects that could not be evaluated; they are in none of the numbers. */
  readonly skipped: readonly Skipped[];
  readonly samples: readonly Sample[];
}

export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly version: typeof REPORT_VERSION;
  /** Of maskwise. */
  readonly maskwise: string;
  readonly protocol: Protocol;
  readonly model: string;
  /** Where it ran: the latencies are of this machine. */
  readonly device: string;
  /** Whether every object was looked at; otherwise the numbers are of those that were. */
  readonly complete: boolean;
  readonly sets: Readonly<Record<string, SetReport>>;
}

/** The report of one set; sets of which nothing could be evaluated have none. */
export function setReport(
  samples: readonly Sample[],
  skipped: readonly Skipped[],
  seeded: Seeded,
): SetReport {
  return { ...summary(samples), intervals: intervals(samples, seeded), skipped, samples };
}
