/** What a person says about the selected photo; every edit is an event of its session. */

import {
  addLabel,
  state as inForce,
  type Label,
  type Prompt,
  redo,
  removeLabel,
  renameLabel,
  restart,
  type Session,
  say,
  sayInstead,
  setStrength,
  takeBack,
  undo,
} from "maskwise";
import { withRenamed } from "../state/colours.ts";
import { coloursFor } from "../state/labels.ts";
import { selectedLabel, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import type { Studio } from "./studio.ts";

export interface EditOptions {
  /** Keep the mask waiting for further edits. @default false */
  readonly defer?: boolean;
}

/**
 * Change the selected photo's session. A change that the session refuses is explained, and nothing
 * is lost.
 *
 * @returns whether it was changed.
 */
export function edit(
  studio: Studio,
  change: (session: Session) => Session,
  { defer = false }: EditOptions = {},
): boolean {
  const photo = selectedPhoto(studio.state);
  if (!photo?.session || studio.state.current?.id !== photo.id) return false;
  if (!studio.mayChange()) return false;
  let session: Session;
  try {
    session = change(photo.session);
  } catch (error) {
    studio.notify("error", texts.refused(reasonOf(error)));
    return false;
  }
  if (session.at === photo.session.at && session.events === photo.session.events) return false;
  studio.changePhoto(photo.id, { session });
  studio.change({ colours: coloursFor(studio.state, inForce(session).labels) });
  if (!defer) studio.ask();
  return true;
}

export function sayPrompt(studio: Studio, prompt: Prompt, options?: EditOptions): void {
  edit(studio, (session) => say(session, prompt), options);
}

/** Say something else in a prompt's place, such as the same click elsewhere. */
export function sayPromptInstead(
  studio: Studio,
  id: string,
  prompt: Prompt,
  options?: EditOptions,
): void {
  edit(studio, (session) => sayInstead(session, id, prompt), options);
}

export function takePromptBack(studio: Studio, id: string, options?: EditOptions): void {
  edit(studio, (session) => takeBack(session, id), options);
}

/** Say how far corrections reach on this photo. */
export function setStrengthTo(studio: Studio, strength: number): void {
  edit(studio, (session) => setStrength(session, strength));
}

export function undoEdit(studio: Studio): void {
  edit(studio, undo);
}

export function redoEdit(studio: Studio): void {
  edit(studio, redo);
}

/** Forget all that was said; undo brings it back. */
export function clearPrompts(studio: Studio): void {
  edit(studio, restart);
}

/** Choose the label that clicks say. */
export function selectLabel(studio: Studio, label: Label): void {
  const photo = selectedPhoto(studio.state);
  if (photo) studio.changePhoto(photo.id, { label });
}

/** Choose a label by its place in the list, 0 the background; beyond the list nothing happens. */
export function selectLabelAt(studio: Studio, index: number): void {
  const session = selectedPhoto(studio.state)?.session;
  const label = session && inForce(session).labels[index];
  if (label !== undefined) selectLabel(studio, label);
}

/** Add an object with a name that is free, and choose it. */
export function addObject(studio: Studio): void {
  const session = selectedPhoto(studio.state)?.session;
  if (!session) return;
  const { labels } = inForce(session);
  let number = labels.length;
  while (labels.includes(texts.object(number))) number++;
  const label = texts.object(number);
  if (edit(studio, (before) => addLabel(before, label))) selectLabel(studio, label);
}

/** Go on to another object, if anything was said of the selected one. */
export function finishObject(studio: Studio): void {
  const photo = selectedPhoto(studio.state);
  if (!photo?.session) return;
  const label = selectedLabel(photo);
  const { prompts } = inForce(photo.session);
  if ([...prompts.values()].some(({ says }) => says === label)) addObject(studio);
}

export function renameObject(studio: Studio, label: Label, to: Label): void {
  const name = to.trim();
  const photo = selectedPhoto(studio.state);
  if (!photo || name === label || name === "") return;
  studio.change({ colours: withRenamed(studio.state.colours, label, name) });
  if (!edit(studio, (session) => renameLabel(session, label, name))) return;
  if (photo.label === label) selectLabel(studio, name);
}

/** Remove an object with all that was said of it. */
export function removeObject(studio: Studio, label: Label): void {
  edit(studio, (session) => removeLabel(session, label));
}

/** "say: expected …" without the name of the function, which says nothing to who uses the page. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\w+(?:\.\w+)*: /, "");
}
