export { canonicalOrder } from "./canonicalOrder.ts";
export {
  checkPrompt,
  MAX_PROMPTS,
  MAX_STROKE_POINTS,
  MAX_STROKE_WIDTH,
} from "./checkPrompt.ts";
export {
  type ClickPattern,
  clickPatterns,
  type PatternName,
  patternNames,
} from "./clickPatterns.ts";
export { nextClick } from "./nextClick.ts";
export { type PinnedPixels, pinnedPixels } from "./pinnedPixels.ts";
export {
  BACKGROUND,
  type Box,
  type Click,
  type Label,
  type Lasso,
  OBJECT,
  type Prompt,
  type Region,
  type Stroke,
} from "./prompts.ts";
export { regionHolds } from "./regions.ts";
export { IGNORE, INSIDE, type Truth } from "./truth.ts";
