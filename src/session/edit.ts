/**
 * What a person can do to a session. Each function returns the session with
 * one more event, or throws and leaves nothing changed.
 */

import { BACKGROUND, type Label, type Prompt } from "../clicks/prompts.ts";
import type { Mask } from "../image/pixels.ts";
import { checkCount, checkMask, checkSession } from "./checkSession.ts";
import { MAX_LABELS, type Session, state, withEvents } from "./session.ts";

/**
 * Say something about the image.
 *
 * @throws {RangeError} Outside the image, a label the session does not have, a contradiction to
 *   what was said before, or more prompts than a session takes.
 * @throws {TypeError} Not a prompt.
 */
export function say(session: Session, prompt: Prompt): Session {
  return sayAll(session, [prompt]);
}

/** Say several things at once: all of them, or none where one is wrong. */
export function sayAll(session: Session, prompts: readonly Prompt[]): Session {
  checkCount(state(session).prompts.size + prompts.length);
  const next = withEvents(
    session,
    prompts.map((prompt, i) => ({ kind: "say", id: `p${session.at + i}`, prompt })),
  );
  checkSession(next);
  return next;
}

/** Take back any earlier prompt, as if it had never been said. */
export function takeBack(session: Session, id: string): Session {
  const { prompts } = state(session);
  if (!prompts.has(id)) {
    throw new RangeError(
      `takeBack: expected the id of a prompt in force (${[...prompts.keys()].join(", ") || "there is none"}), got "${id}".`,
    );
  }
  return withEvents(session, [{ kind: "take back", id }]);
}

/** Forget all prompts and the mask started from; labels stay. */
export function restart(session: Session): Session {
  return withEvents(session, [{ kind: "restart" }]);
}

/**
 * Start from an existing mask: a prior on the values that clicks then correct.
 *
 * @param mask      Indices into the labels in force, of the session's size.
 * @param precision How firmly the mask holds, in units of one click's pull. @default 1
 */
export function startFrom(session: Session, mask: Mask, precision = 1): Session {
  checkMask("startFrom", mask, session, state(session).labels);
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

function checkNewLabel(operation: string, session: Session, label: Label): void {
  if (label.trim() === "") {
    throw new RangeError(`${operation}: expected a name for the label, got an empty one.`);
  }
  if (state(session).labels.includes(label)) {
    throw new RangeError(`${operation}: expected a new label, got "${label}", which is there.`);
  }
}

function checkKnownLabel(operation: string, session: Session, label: Label): void {
  const known = state(session).labels.slice(1);
  if (label === BACKGROUND || !known.includes(label)) {
    throw new RangeError(
      `${operation}: expected one of the labels ${known.join(", ")}, got "${label}".`,
    );
  }
}
