/** What holds for every session that may be asked for a mask. */

import { checkPrompt, MAX_PROMPTS } from "../clicks/checkPrompt.ts";
import { pinnedPixels } from "../clicks/pinnedPixels.ts";
import type { Size } from "../image/pixels.ts";
import { type Session, state } from "./session.ts";

/**
 * Check a session, also one that came from a file or another process.
 *
 * @param size Of the picture it is asked about. @default the session's own
 * @throws {RangeError} When the sizes differ, a prompt is outside or contradicts another, or there are too many.
 */
export function checkSession(session: Session, size: Size = session): void {
  if (session.width !== size.width || session.height !== size.height) {
    throw new RangeError(
      `segment: expected a session of the picture's size, ${size.width}×${size.height}, got ${session.width}×${session.height}.`,
    );
  }
  const { labels, prompts } = state(session);
  checkCount(prompts.size);
  for (const prompt of prompts.values()) checkPrompt(prompt, size, labels);
  pinnedPixels([...prompts.values()], size);
}

/** @throws {RangeError} When there are more prompts than a session takes. */
export function checkCount(count: number): void {
  if (count > MAX_PROMPTS) {
    throw new RangeError(
      `say: expected at most ${MAX_PROMPTS} prompts, got ${count}. Say it with strokes or a starting mask.`,
    );
  }
}
