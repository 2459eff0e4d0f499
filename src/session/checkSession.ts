/** What holds for every session that may be asked for a mask. */

import { checkPrompt, MAX_PROMPTS } from "../clicks/checkPrompt.ts";
import { pinnedPixels } from "../clicks/pinnedPixels.ts";
import type { Label } from "../clicks/prompts.ts";
import type { Mask, Size } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";
import { checkLabels } from "./checkLabels.ts";
import { lockedPixels } from "./lockedPixels.ts";
import { checkEdit, MAX_EDITS } from "./retouch/checkEdit.ts";
import { type Session, type State, state } from "./session.ts";

/**
 * Check a session, also one that came from a file or another process.
 *
 * @param size Of the picture it is asked about. @default the session's own
 * @throws {RangeError} When the sizes differ, a prompt is outside or contradicts another or a
 *   lock, or there are too many.
 */
export function checkSession(session: Session, size: Size = session): void {
  if (session.width !== size.width || session.height !== size.height) {
    throw new RangeError(
      `segment: expected a session of the picture's size, ${size.width}×${size.height}, got ${session.width}×${session.height}.`,
    );
  }
  const inForce = state(session);
  const { labels, prompts, start, edits, asked, locks, strength } = inForce;
  checkLabels("segment", labels);
  if (start) checkMask("segment", start.mask, size, labels);
  checkCount(prompts.size);
  for (const all of new Set([prompts, asked])) {
    for (const prompt of all.values()) checkPrompt(prompt, size, labels);
    pinnedPixels(all.values(), size);
  }
  for (const layer of edits) if (layer.kind !== "heed") checkEdit(layer, size, labels);
  checkEdits(edits.length);
  for (const { width, height } of locks.values()) {
    if (width === size.width && height === size.height) continue;
    throw new RangeError(
      `lock: expected pixels of ${size.width}×${size.height}, got ${width}×${height}.`,
    );
  }
  checkLocks(inForce, size);
  if (!(strength > 0 && Number.isFinite(strength))) {
    throw new RangeError(`segment: expected strength > 0, got ${strength}.`);
  }
}

/** Strokes may pass over what is locked, and change nothing there; a click that would do nothing is a mistake. */
function checkLocks(inForce: State, { width }: Size): void {
  const locked = lockedPixels(inForce);
  if (!locked) return;
  const { labels, prompts, locks } = inForce;
  for (const prompt of prompts.values()) {
    if (prompt.kind !== "click") continue;
    const [x, y] = [Math.round(prompt.at.x), Math.round(prompt.at.y)];
    const owner = labels[locked.owners[y * width + x] - 1];
    if (owner === prompt.says || (owner === undefined && !locks.has(prompt.says))) continue;
    throw new RangeError(
      `click: expected (${x}, ${y}) to be free for "${prompt.says}", but "${owner ?? prompt.says}" is locked. Unlock it first.`,
    );
  }
}

/** @throws {RangeError} When something is to be said or done with a label that is locked. */
export function checkUnlocked(operation: string, { locks }: State, label: Label): void {
  if (!locks.has(label)) return;
  throw new RangeError(
    `${operation}: expected a label that is not locked, got "${label}". Unlock it first.`,
  );
}

/** @throws {RangeError} When there are more edits by hand than a session takes. */
export function checkEdits(count: number): void {
  if (count <= MAX_EDITS) return;
  throw new RangeError(`edit: expected at most ${MAX_EDITS} edits by hand, got ${count}.`);
}

/**
 * Pixels that are unsure are left to the model.
 *
 * @throws {RangeError} When a mask is of another size, or has values without a label.
 */
export function checkMask(
  operation: string,
  mask: Mask,
  { width, height }: Size,
  labels: readonly Label[],
): void {
  if (mask.width !== width || mask.height !== height) {
    throw new RangeError(
      `${operation}: expected a mask of ${width}×${height}, got ${mask.width}×${mask.height}. Make it the size of the image.`,
    );
  }
  const unknown = mask.data.find((label) => label >= labels.length && label !== UNSURE);
  if (unknown === undefined) return;
  throw new RangeError(
    `${operation}: expected mask values below ${labels.length} (${labels.join(", ")}), got ${unknown}. Add the missing labels first.`,
  );
}

/** @throws {RangeError} When there are more prompts than a session takes. */
export function checkCount(count: number): void {
  if (count > MAX_PROMPTS) {
    throw new RangeError(
      `say: expected at most ${MAX_PROMPTS} prompts, got ${count}. Say it with strokes or a starting mask.`,
    );
  }
}
