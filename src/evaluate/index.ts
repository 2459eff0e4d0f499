export { type AnnotateOptions, type Annotation, annotate } from "./annotate.ts";
export { clicksToReach, iou, type Overlap, overlap, reaches } from "./overlap.ts";
export {
  type ClicksToTarget,
  clicksToTarget,
  type Spread,
  type Summary,
  summary,
  TARGETS,
} from "./summary.ts";
