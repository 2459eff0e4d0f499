export { imageOfObjects } from "./found.ts";
export {
  type Job,
  type JobObject,
  type Plan,
  type PromptKind,
  promptKinds,
} from "./job.ts";
export { masksAsObjects } from "./masksAsObjects.ts";
export { planFromFile } from "./planFromFile.ts";
export { planFromMasks } from "./planFromMasks.ts";
export { segmentObjects } from "./segmentObjects.ts";
