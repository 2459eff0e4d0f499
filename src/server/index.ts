export { LIMITS, type Limits } from "./api/limits.ts";
export { type ServeApiOptions, type ServedApi, serveApi } from "./api/serveApi.ts";
export type { SegmentingThread } from "./segmenting/lane.ts";
export type { Order, Report, ThreadPort } from "./segmenting/messages.ts";
export { serveOrders, type Workplace } from "./segmenting/serveOrders.ts";
export { type ServedAnnotator, type ServeOptions, serveAnnotator } from "./serveAnnotator.ts";
