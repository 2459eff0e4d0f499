/**
 * Finished labels: a locked label keeps exactly the pixels it had when it was locked. Whatever is said
 * later, no other label takes them, and it takes none from others.
 */

import type { Label } from "../clicks/prompts.ts";
import type { Mask } from "../image/pixels.ts";
import { runLengths } from "../image/runLengths.ts";
import { checkSession } from "./checkSession.ts";
import { checkKnownLabel } from "./edit.ts";
import { type Session, state, withEvents } from "./session.ts";

/**
 * Lock a label, as it is in a mask.
 *
 * @param mask Indices into the labels in force, of the session's size: the mask of this session.
 * @throws {RangeError} The mask does not belong to the session, or has no pixel of the label; the
 *   label is locked, or unknown.
 */
export function lock(session: Session, label: Label, mask: Mask): Session {
  checkKnownLabel("lock", session, label);
  if (mask.width !== session.width || mask.height !== session.height) {
    throw new RangeError(
      `lock: expected a mask of ${session.width}×${session.height}, got ${mask.width}×${mask.height}. Take that of this session.`,
    );
  }
  const { labels, locks } = state(session);
  if (locks.has(label)) {
    throw new RangeError(`lock: expected a label that is not locked, got "${label}".`);
  }
  const index = labels.indexOf(label);
  if (!mask.data.includes(index)) {
    throw new RangeError(
      `lock: expected a mask with "${label}" in it, got one without. Click on it first.`,
    );
  }
  const next = withEvents(session, [{ kind: "lock", label, pixels: runLengths(mask, index) }]);
  checkSession(next);
  return next;
}

/** Let a label change again: what was said of it counts as before. */
export function unlock(session: Session, label: Label): Session {
  const { locks } = state(session);
  if (!locks.has(label)) {
    throw new RangeError(
      `unlock: expected a label that is locked (${[...locks.keys()].join(", ") || "there is none"}), got "${label}".`,
    );
  }
  return withEvents(session, [{ kind: "unlock", label }]);
}
