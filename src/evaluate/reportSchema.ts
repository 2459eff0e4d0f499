/** What a report must look like, for those who read one; apart, so that a page need not carry it. */

import { z } from "zod";
import { REPORT_FORMAT, REPORT_VERSION, type Report } from "./report.ts";

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
