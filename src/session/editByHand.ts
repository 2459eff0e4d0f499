/**
 * Change a mask by hand. Each function returns the session with one more step, which one undo takes
 * back, or throws and leaves nothing changed.
 */

import { pixelsOf } from "../clicks/pinnedPixels.ts";
import { BACKGROUND, type Label, type Prompt } from "../clicks/prompts.ts";
import { parts } from "../image/parts.ts";
import { type PixelSet, pixelSetOf } from "../image/pixelSet.ts";
import type { Mask } from "../image/pixels.ts";
import { MAX_LABELS } from "./checkLabels.ts";
import { checkEdits, checkUnlocked } from "./checkSession.ts";
import { checkEdit } from "./retouch/checkEdit.ts";
import { type HandEdit, labelOf } from "./retouch/handEdit.ts";
import { type Event, type Session, state, withEvents } from "./session.ts";

/** A mask as it came of a session. */
interface Answer {
  readonly labels: readonly Label[];
  readonly mask: Mask;
}

/**
 * Make an edit. It holds against everything said and done before it, and changes no pixel but its own:
 * what the model says elsewhere stays.
 *
 * @throws {RangeError} A place outside the image, a label that is not there, too many edits.
 */
export function editByHand(session: Session, edit: HandEdit): Session {
  const { labels, edits } = state(session);
  checkEdit(edit, session, labels);
  checkUnlocked("edit", state(session), labelOf(edit));
  checkEdits(edits.length + 1);
  return withEvents(session, [{ kind: "edit", edit }]);
}

/**
 * Make each part of an object an object of its own: the largest keeps the name, the others are named
 * after it; what was said at a part is from then on said of the part.
 *
 * @param answer What the session has come to: its parts are split.
 * @throws {RangeError} When the object has one part only, or there would be too many labels.
 */
export function splitLabel(session: Session, label: Label, { labels, mask }: Answer): Session {
  const now = state(session);
  checkObject("splitLabel", now.labels, label);
  checkUnlocked("splitLabel", now, label);
  const { data, areas } = parts(mask, labels.indexOf(label));
  if (areas.length < 2) {
    throw new RangeError(
      `splitLabel: expected "${label}" in several parts, got ${areas.length === 1 ? "one" : "none"}.`,
    );
  }
  if (now.labels.length + areas.length - 1 > MAX_LABELS) {
    throw new RangeError(
      `splitLabel: expected at most ${MAX_LABELS} labels, got ${areas.length - 1} more than ${now.labels.length}. Drop the islands first.`,
    );
  }
  const names = namesFor(label, areas.length, now.labels);
  const events: Event[] = names.slice(1).map((name) => ({ kind: "add label", label: name }));
  for (const [id, prompt] of now.prompts) {
    if (prompt.says !== label) continue;
    const part = partOf(prompt, data, mask);
    if (part > 1) events.push({ kind: "say", id, prompt: { ...prompt, says: names[part - 1] } });
  }
  names.forEach((name, i) => {
    const own = data.map((part) => Number(part === i + 1));
    const pixels = pixelSetOf({ ...mask, data: Uint8Array.from(own) });
    if (pixels) events.push({ kind: "edit", edit: { kind: "fill", pixels, says: name } });
  });
  return withEvents(session, [{ kind: "together", events }]);
}

/** "cat", "cat 2", "cat 3": the first numbers that are free. */
function namesFor(label: Label, count: number, taken: readonly Label[]): readonly Label[] {
  const names = [label];
  for (let number = 2; names.length < count; number++) {
    const name = `${label} ${number}`;
    if (!taken.includes(name)) names.push(name);
  }
  return names;
}

/** The part that a prompt is at, 0 where it is at none. */
function partOf(prompt: Prompt, data: Int32Array, mask: Mask): number {
  for (const at of pixelsOf(prompt, mask)) if (data[at] > 0) return data[at];
  return 0;
}

/**
 * Make two objects one: everything said of the first is from then on said of the second, and their
 * pixels are the second's.
 *
 * @param answer What the session has come to.
 */
export function mergeLabels(
  session: Session,
  label: Label,
  into: Label,
  { labels, mask }: Answer,
): Session {
  const now = state(session);
  checkObject("mergeLabels", now.labels, label);
  checkObject("mergeLabels", now.labels, into);
  for (const one of [label, into]) checkUnlocked("mergeLabels", now, one);
  if (label === into) {
    throw new RangeError(`mergeLabels: expected two different labels, got "${label}" twice.`);
  }
  const [one, other] = [labels.indexOf(label), labels.indexOf(into)];
  const both = mask.data.map((value) => Number(value === one || value === other));
  const pixels: PixelSet | undefined = pixelSetOf({ ...mask, data: both });
  const events: Event[] = [
    ...regionsGivenUp(now.prompts, label, into),
    { kind: "merge labels", label, into },
  ];
  if (pixels) events.push({ kind: "edit", edit: { kind: "fill", pixels, says: into } });
  return withEvents(session, [{ kind: "together", events }]);
}

/** A region of one of two objects does not hold both: regions stay only where both have some. */
function regionsGivenUp(
  prompts: ReadonlyMap<string, Prompt>,
  label: Label,
  into: Label,
): readonly Event[] {
  const regions = [...prompts].filter(
    ([, { kind, says }]) =>
      kind !== "click" && kind !== "stroke" && (says === label || says === into),
  );
  const saying = new Set(regions.map(([, { says }]) => says));
  return saying.size === 2 ? [] : regions.map(([id]) => ({ kind: "take back", id }));
}

function checkObject(operation: string, labels: readonly Label[], label: Label): void {
  if (label !== BACKGROUND && labels.includes(label)) return;
  throw new RangeError(
    `${operation}: expected one of the labels ${labels.slice(1).join(", ")}, got "${label}".`,
  );
}
