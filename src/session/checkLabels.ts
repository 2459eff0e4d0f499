/** What holds for the labels of every session. */

import { BACKGROUND, type Label } from "../clicks/prompts.ts";
import { UNSURE } from "../image/unsure.ts";

/** More labels than a mask's bytes can tell apart are refused: 255 is left to pixels that are unsure. */
export const MAX_LABELS: number = UNSURE;

/** @throws {RangeError} When they are none that a mask could have. */
export function checkLabels(operation: string, labels: readonly Label[]): void {
  if (labels.length < 2 || labels.length > MAX_LABELS) {
    throw new RangeError(
      `${operation}: expected 2 to ${MAX_LABELS} labels, the background among them, got ${labels.length}.`,
    );
  }
  const isSound =
    labels[0] === BACKGROUND &&
    new Set(labels).size === labels.length &&
    labels.every((label) => label.trim() !== "");
  if (!isSound) {
    throw new RangeError(
      `${operation}: expected different names beginning with "${BACKGROUND}", got ${JSON.stringify(labels)}.`,
    );
  }
}
