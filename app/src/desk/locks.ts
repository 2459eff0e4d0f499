/** Finished objects are locked: what is said later takes none of their pixels. */

import { state as inForce, type Label, lock, unlock } from "maskwise";
import { selectedPhoto, visibleAnswer } from "../state/state.ts";
import { edit } from "./edits.ts";
import type { Studio } from "./studio.ts";

/** Lock an object as its mask is once everything said so far is in it, or let it change again. */
export async function toggleLock(studio: Studio, label: Label): Promise<void> {
  const before = selectedPhoto(studio.state);
  if (!before?.session) return;
  if (inForce(before.session).locks.has(label)) {
    edit(studio, (session) => unlock(session, label));
    return;
  }
  await studio.solved();
  const photo = selectedPhoto(studio.state);
  const answer = visibleAnswer(studio.state);
  // Another photo by now, or a mask that could not be worked out, of which the page tells.
  if (photo?.id !== before.id || (answer && answer.session !== photo.session)) return;
  const mask = answer?.segmentation.mask ?? emptyMask(before.session);
  edit(studio, (session) => lock(session, label, mask));
}

/** Where nothing was said there is no mask yet, and nothing to lock: the session says so. */
function emptyMask({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height, data: new Uint8Array(width * height) };
}
