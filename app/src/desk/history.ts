/** Earlier versions of the selected photo's session. */

import type { Session, Version } from "maskwise";
import { selectedPhoto } from "../state/state.ts";
import { edit } from "./edits.ts";
import type { Studio } from "./studio.ts";

/** Newest first. */
export async function versionsOf(studio: Studio): Promise<readonly Version[]> {
  const photo = selectedPhoto(studio.state);
  if (!photo || !studio.keeper) return [];
  return [...(await studio.keeper.versions.of(photo.id))].reverse();
}

/** Go to a version; what is there now becomes one itself. */
export function restoreVersion(studio: Studio, { session }: Version): void {
  const photo = selectedPhoto(studio.state);
  if (!photo?.session) return;
  studio.keeper?.versions.add(photo.id, "restored", photo.session);
  edit(studio, () => session);
}

/** Undo or redo up to a moment: so many events are then in force. */
export function goTo(studio: Studio, at: number): void {
  edit(studio, (session): Session => ({ ...session, at }));
}
