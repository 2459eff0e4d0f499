/**
 * What a person can do to a session. Each function returns the session with
 * one more event, or throws and leaves nothing changed.
 */

import { BACKGROUND, type Label, type Prompt } from "../clicks/prompts.ts";
import type { Mask } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";
import { MAX_LABELS } from "./checkLabels.ts";
import { checkCount, checkMask, checkSession, checkUnlocked } from "./checkSession.ts";
import { type Session, state, undo, withEvents } from "./session.ts";

/**
 * Say something about the image.
 *
 * @throws {RangeError} Outside the image, a label the session does not have, a contradiction to
 *   what was said before, a label that is locked, or more prompts than a session takes.
 * @throws {TypeError} Not a prompt.
 */
export function say(session: Session, prompt: Prompt): Session {
  return sayAll(session, [prompt]);
}

/** Say several things at once: all of them, or none where one is wrong. */
export function sayAll(session: Session, prompts: readonly Prompt[]): Session {
  checkCount(state(session).prompts.size + prompts.length);
  for (const { says } of prompts) checkUnlocked("say", state(session), says);
  const next = withEvents(
    session,
    prompts.map((prompt, i) => ({ kind: "say", id: `p${session.at + i}`, prompt })),
  );
  checkSession(next);
  return next;
}

/**
 * Say something else in an earlier prompt's place: a click that was dragged, a box with another corner.
 *
 * @throws {RangeError} There is no such prompt, or as `say`.
 */
export function sayInstead(session: Session, id: string, prompt: Prompt): Session {
  checkKnownPrompt("sayInstead", session, id);
  checkUnlocked("sayInstead", state(session), prompt.says);
  const next = withEvents(session, [{ kind: "say", id, prompt }]);
  checkSession(next);
  return next;
}

/** Take back any earlier prompt, as if it had never been said. */
export function takeBack(session: Session, id: string): Session {
  checkKnownPrompt("takeBack", session, id);
  return withEvents(session, [{ kind: "take back", id }]);
}

/** Forget all prompts and the mask started from; labels, locks and the strength stay. */
export function restart(session: Session): Session {
  return withEvents(session, [{ kind: "restart" }]);
}

/**
 * Start from an existing mask: a prior on the values that clicks then correct.
 *
 * @param mask      Indices into the labels in force, of the session's size; `UNSURE` says nothing.
 * @param precision How firmly the mask holds, in units of one click's pull. @default 1
 */
export function startFrom(session: Session, mask: Mask, precision = 1): Session {
  checkMask("startFrom", mask, session, state(session).labels);
  if (mask.data.includes(UNSURE) && mask.data.every((label) => label === 0 || label === UNSURE)) {
    throw new RangeError(
      "startFrom: expected pixels that have a label, got background and 255 (unsure) alone. If 255 means the object, save the mask in black and white, without a palette.",
    );
  }
  if (!(precision > 0 && Number.isFinite(precision))) {
    throw new RangeError(`startFrom: expected precision > 0, got ${precision}.`);
  }
  return withEvents(session, [{ kind: "start from", mask, precision }]);
}

/** Add a label behind the others. */
export function addLabel(session: Session, label: Label): Session {
  checkNewLabel("addLabel", session, label);
  const { labels } = state(session);
  if (labels.length >= MAX_LABELS) {
    throw new RangeError(`addLabel: expected at most ${MAX_LABELS} labels, got one more.`);
  }
  return withEvents(session, [{ kind: "add label", label }]);
}

/** Give a label, and all that was said with it, another name. */
export function renameLabel(session: Session, label: Label, to: Label): Session {
  checkKnownLabel("renameLabel", session, label);
  checkNewLabel("renameLabel", session, to);
  return withEvents(session, [{ kind: "rename label", label, to }]);
}

/** Remove a label and all that was said with it. */
export function removeLabel(session: Session, label: Label): Session {
  checkKnownLabel("removeLabel", session, label);
  if (state(session).labels.length <= 2) {
    throw new RangeError(
      `removeLabel: expected to leave the background and one more label, got the last one, "${label}". Add another label first.`,
    );
  }
  return withEvents(session, [{ kind: "remove label", label }]);
}

/** The strengths there are: from an eighth to eight times what the model was made for. */
export const STRENGTHS: { readonly least: number; readonly most: number } = {
  least: 1 / 8,
  most: 8,
};

/**
 * Say how far corrections reach. Set several times in a row, as a slider does, it is one event.
 *
 * @param strength From `STRENGTHS.least` to `STRENGTHS.most`; 1 is what the model was made for.
 */
export function setStrength(session: Session, strength: number): Session {
  const { least, most } = STRENGTHS;
  if (!(strength >= least && strength <= most)) {
    throw new RangeError(`setStrength: expected ${least} to ${most}, got ${strength}.`);
  }
  const { events, at } = session;
  const before = events[at - 1]?.kind === "set strength" ? undo(session) : session;
  if (state(before).strength === strength) return before;
  return withEvents(before, [{ kind: "set strength", strength }]);
}

function checkKnownPrompt(operation: string, session: Session, id: string): void {
  const { prompts } = state(session);
  if (prompts.has(id)) return;
  throw new RangeError(
    `${operation}: expected the id of a prompt in force (${[...prompts.keys()].join(", ") || "there is none"}), got "${id}".`,
  );
}

function checkNewLabel(operation: string, session: Session, label: Label): void {
  if (label.trim() === "") {
    throw new RangeError(`${operation}: expected a name for the label, got an empty one.`);
  }
  if (state(session).labels.includes(label)) {
    throw new RangeError(`${operation}: expected a new label, got "${label}", which is there.`);
  }
}

export function checkKnownLabel(operation: string, session: Session, label: Label): void {
  const known = state(session).labels.slice(1);
  if (label === BACKGROUND || !known.includes(label)) {
    throw new RangeError(
      `${operation}: expected one of the labels ${known.join(", ")}, got "${label}".`,
    );
  }
}
