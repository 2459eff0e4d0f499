export { type Agreement, agreement } from "./agreement.ts";
export { type AnnotateOptions, type Annotation, annotate, type NextClick } from "./annotate.ts";
export { bootstrapInterval, type Interval, type Seeded } from "./bootstrap.ts";
export { boundaryOverlap } from "./boundary.ts";
export { type Calibration, calibration } from "./calibration.ts";
export { type Fingerprint, fingerprint } from "./fingerprint.ts";
export { flipped } from "./flipped.ts";
export {
  type Comparison,
  compared,
  type Difference,
  type Intervals,
  intervals,
} from "./intervals.ts";
export { clicksToReach, iou, type Overlap, overlap, reaches } from "./overlap.ts";
export {
  type Protocol,
  protocol,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Report,
  type SetReport,
  type Skipped,
  setReport,
} from "./report.ts";
export { reportSchema } from "./reportSchema.ts";
export { type OverlapPair, type Sample, sampleOf } from "./sample.ts";
export type { Open } from "./segmentationOf.ts";
export {
  type ByTarget,
  clicksNeeded,
  iouOf,
  type Spread,
  type Summary,
  summary,
  TARGETS,
  type Target,
} from "./summary.ts";
export { zoomed } from "./zoomed.ts";
