/**
 * The report of an evaluation as JSON: what was done, what came out for each set, and every object
 * by itself, so that a report can be continued, compared and drawn. Fields are added and never
 * renamed within a version.
 */

import { z } from "zod";
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

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const curve = z.array(z.number().nullable());
const interval = z.tuple([z.number(), z.number()]).nullable();
const byTarget = <T extends z.ZodType>(value: T) =>
  z.object({ "80": value, "85": value, "90": value, "95": value });
const spread = z.object({ median: z.number(), p95: z.number() }).nullable();
const pairs = z.array(z.tuple([count, count])).min(1);

const sampleSchema = z.object({
  id: z.string(),
  width: z.int().min(1),
  height: z.int().min(1),
  overlaps: pairs,
  boundaries: pairs,
  brier: curve,
  ece: curve,
  clicks: z.array(z.tuple([count, count, z.enum(["object", "background"])])),
  mask: z.string(),
  kept: z.object({ checked: count, violated: count }),
  latencyMs: z.object({ encode: z.number(), clicks: z.array(z.number()) }),
  hash: z.string(),
});

const setSchema = z.object({
  objects: count,
  noc: byTarget(z.number()),
  nof: byTarget(count),
  nofConventional: byTarget(count),
  miou: curve,
  gain: curve,
  boundaryIou: curve,
  falling: z.object({ share, worst: share }),
  violations: share,
  brier: curve,
  ece: curve,
  latencyMs: z.object({ encode: spread, click: spread, firstClick: spread }),
  hash: z.string(),
  intervals: z.object({ noc: byTarget(interval), miou: z.array(interval) }),
  skipped: z.array(z.object({ id: z.string(), reason: z.string() })),
  samples: z.array(sampleSchema).min(1),
});

/** The published schema of reports; `z.toJSONSchema(reportSchema)` writes it for other languages. */
export const reportSchema: z.ZodType<Report> = z.object({
  format: z.literal(REPORT_FORMAT),
  version: z.literal(REPORT_VERSION),
  maskwise: z.string(),
  protocol: z.object({
    clicks: z.int().min(1),
    pattern: z.string(),
    seed: z.int(),
    flip: z.boolean(),
    zoom: z.boolean(),
    threshold: z.literal("most probable"),
    connectivity: z.literal("none"),
    simulator: z.literal(1),
    calibrationBins: z.int(),
    boundaryShare: z.number(),
    resamples: z.int(),
  }),
  model: z.string(),
  device: z.string(),
  complete: z.boolean(),
  sets: z.record(z.string(), setSchema),
});
