/** How far photos are. */

import type { Status } from "maskwise";
import { filtered } from "../state/filter.ts";
import type { Photo } from "../state/photo.ts";
import { selectedPhoto } from "../state/state.ts";
import { showPhoto } from "./photos.ts";
import type { Studio } from "./studio.ts";

export function setStatus(studio: Studio, id: string, status: Status): void {
  if (studio.mayChange()) studio.changePhoto(id, { status });
}

/** Give the selected photo a status, and go on to the next that waits. */
export function setStatusAndGoOn(studio: Studio, status: Status): void {
  const photo = selectedPhoto(studio.state);
  if (!photo || !studio.mayChange()) return;
  studio.changePhoto(photo.id, { status });
  const next = nextToDo(studio, photo);
  if (next) showPhoto(studio, next.id);
}

/** After the last comes the first. */
function nextToDo({ state: { photos, filter } }: Studio, { id }: Photo): Photo | undefined {
  const shown = filtered(photos, { ...filter, status: undefined });
  const at = shown.findIndex((photo) => photo.id === id);
  return [...shown.slice(at + 1), ...shown.slice(0, at)].find(({ status }) => status === "to do");
}
