/**
 * What is being drawn and not yet said: a long stroke survives the end of the page as well. It is
 * written down while it grows, in the one place of a browser that needs no waiting, and said when
 * the photo is shown again.
 */

import {
  type Event,
  editByHand,
  state as inForce,
  readSession,
  type Session,
  say,
  writeSession,
} from "maskwise";
import { selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import type { Action } from "../tools/tool.ts";
import { edit } from "./edits.ts";
import type { Studio } from "./studio.ts";

const PLACE = "maskwise draft";

/** Written down this often at most, in milliseconds. */
const EVERY_MS = 120;

let written = 0;

/** @param drawn What would be done if the pointer were let go now; `undefined` where nothing is drawn. */
export function keepDraft(studio: Studio, drawn: Action | undefined): void {
  const photo = selectedPhoto(studio.state);
  if (!studio.keeper || !photo?.session) return;
  if (drawn === undefined) {
    forgetDraft();
    return;
  }
  if (Date.now() - written < EVERY_MS) return;
  written = Date.now();
  try {
    // Done, so that it is what a session can hold, and read back as such.
    const { events, at, ...session } = done(photo.session, drawn);
    const { labels } = inForce(photo.session);
    const document = writeSession({ ...session, labels, events: events.slice(at - 1, at), at: 1 });
    const draft = { project: studio.keeper.store.name, photo: photo.name, document };
    localStorage.setItem(PLACE, JSON.stringify(draft));
  } catch {
    // Nothing that can be said, or no room: the stroke itself is not touched by that.
  }
}

export function forgetDraft(): void {
  if (written === 0) return;
  written = 0;
  localStorage.removeItem(PLACE);
}

function done(session: Session, drawn: Action | Event): Session {
  if (drawn.kind === "say") return say(session, drawn.prompt);
  return drawn.kind === "edit" ? editByHand(session, drawn.edit) : session;
}

/** Do what was being drawn on the shown photo when the page ended. */
export function takeUpDraft(studio: Studio): void {
  const photo = selectedPhoto(studio.state);
  const text = localStorage.getItem(PLACE);
  if (!studio.keeper || !photo || text === null || studio.state.access === "reader") return;
  const draft = JSON.parse(text) as { project: string; photo: string; document: unknown };
  if (draft.project !== studio.keeper.store.name || draft.photo !== photo.name) return;
  localStorage.removeItem(PLACE);
  const drawn = eventIn(draft.document);
  if (!drawn) return;
  if (edit(studio, (session) => done(session, drawn))) {
    studio.notify("note", texts.projects.draft);
  }
}

function eventIn(document: unknown): Event | undefined {
  try {
    return readSession(document, "draft").events[0];
  } catch {
    // Of another version of the page: half a stroke is no reason not to show the photo.
    return undefined;
  }
}
