export { type Changes, changedPixels, GAINED, LOST, SAME, SWITCHED } from "./changedPixels.ts";
export { type Suggestion, type SuggestOptions, suggestClicks } from "./suggestClicks.ts";
export { type Reason, whyPixel } from "./whyPixel.ts";
