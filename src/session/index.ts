export { MAX_LABELS } from "./checkLabels.ts";
export {
  type Connection,
  connectSegmenter,
  type Following,
  type RemoteSegmentation,
  type RemoteSegmenter,
} from "./connectSegmenter.ts";
export { readSession, type SessionDocument, writeSession } from "./document/sessionDocument.ts";
export {
  addLabel,
  removeLabel,
  renameLabel,
  restart,
  STRENGTHS,
  say,
  sayAll,
  sayInstead,
  setStrength,
  startFrom,
  takeBack,
} from "./edit.ts";
export { editByHand, mergeLabels, splitLabel } from "./editByHand.ts";
export { lock, unlock } from "./lock.ts";
export type { Port, Reply, Request } from "./messages.ts";
export type { HandEdit, Layer } from "./retouch/handEdit.ts";
export { leavingUnsure, type Segmentation } from "./segmentation.ts";
export { openPicture, type Segmenter } from "./segmenter.ts";
export { type Equipment, serveSegmenter } from "./serveSegmenter.ts";
export {
  canRedo,
  canUndo,
  type Event,
  newSession,
  redo,
  type Session,
  type Start,
  type State,
  state,
  undo,
} from "./session.ts";
