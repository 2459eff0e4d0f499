/**
 * One image being segmented, as a value: the list of everything that was said
 * and done, and a position in it. Undo is subtraction, redo is addition, and
 * the mask is a function of what is in force, not of how it came about.
 */

import { BACKGROUND, type Label, OBJECT, type Prompt } from "../clicks/prompts.ts";
import type { Mask, Size } from "../image/pixels.ts";

/** One thing a person did. `id` names a prompt for as long as the session lives. */
export type Event =
  | { readonly kind: "say"; readonly id: string; readonly prompt: Prompt }
  | { readonly kind: "take back"; readonly id: string }
  | { readonly kind: "add label"; readonly label: Label }
  | { readonly kind: "rename label"; readonly label: Label; readonly to: Label }
  | { readonly kind: "remove label"; readonly label: Label }
  | { readonly kind: "start from"; readonly mask: Mask; readonly precision: number }
  | { readonly kind: "restart" };

export interface Session extends Size {
  /** The labels the session began with; `labels[0]` is the background. */
  readonly labels: readonly Label[];
  /** All events, including undone ones that redo can bring back. */
  readonly events: readonly Event[];
  /** How many of `events` are in force. */
  readonly at: number;
}

/** A mask to start from: indices into the labels in force. */
export interface Start {
  readonly mask: Mask;
  /** How firmly the mask holds against clicks, in units of one click's pull, > 0. */
  readonly precision: number;
}

/** What is in force at a session's position. */
export interface State {
  readonly labels: readonly Label[];
  /** Prompts by id, in the order they were said. */
  readonly prompts: ReadonlyMap<string, Prompt>;
  readonly start: Start | undefined;
}

/**
 * A session in which nothing has been said yet.
 *
 * @param size   Of the image, in pixels.
 * @param labels The background first. @default ["background", "object"]
 */
export function newSession(size: Size, labels: readonly Label[] = [BACKGROUND, OBJECT]): Session {
  for (const side of ["width", "height"] as const) {
    if (!Number.isInteger(size[side]) || size[side] < 1) {
      throw new RangeError(
        `newSession: expected a whole ${side} of at least 1, got ${size[side]}.`,
      );
    }
  }
  checkLabels(labels);
  return { width: size.width, height: size.height, labels, events: [], at: 0 };
}

/** More labels than a mask's bytes can hold, 0 to 255, are refused. */
export const MAX_LABELS = 256;

function checkLabels(labels: readonly Label[]): void {
  if (labels.length < 2 || labels.length > MAX_LABELS) {
    throw new RangeError(
      `newSession: expected 2 to ${MAX_LABELS} labels, the background among them, got ${labels.length}.`,
    );
  }
  const isSound =
    labels[0] === BACKGROUND &&
    new Set(labels).size === labels.length &&
    labels.every((label) => label.trim() !== "");
  if (!isSound) {
    throw new RangeError(
      `newSession: expected different names beginning with "${BACKGROUND}", got ${JSON.stringify(labels)}.`,
    );
  }
}

/** The session with more events in force; undone events are forgotten. */
export function withEvents(session: Session, more: readonly Event[]): Session {
  const events = [...session.events.slice(0, session.at), ...more];
  return { ...session, events, at: events.length };
}

export function canUndo(session: Session): boolean {
  return session.at > 0;
}

export function canRedo(session: Session): boolean {
  return session.at < session.events.length;
}

/** Take the last event back; without one the session stays as it is. */
export function undo(session: Session): Session {
  return { ...session, at: Math.max(0, session.at - 1) };
}

/** Bring the last undone event back; without one the session stays as it is. */
export function redo(session: Session): Session {
  return { ...session, at: Math.min(session.events.length, session.at + 1) };
}

const states = new WeakMap<Session, State>();

/** What is in force: the events up to the position, added up. */
export function state(session: Session): State {
  const known = states.get(session);
  if (known) return known;
  const first: State = { labels: session.labels, prompts: new Map(), start: undefined };
  const result = session.events.slice(0, session.at).reduce(after, first);
  states.set(session, result);
  return result;
}

function after(before: State, event: Event): State {
  switch (event.kind) {
    case "say":
      return { ...before, prompts: new Map(before.prompts).set(event.id, event.prompt) };
    case "take back":
      return { ...before, prompts: keep(before.prompts, (_, id) => id !== event.id) };
    case "add label":
      return { ...before, labels: [...before.labels, event.label] };
    case "rename label":
      return {
        ...before,
        labels: before.labels.map((label) => (label === event.label ? event.to : label)),
        prompts: renamed(before.prompts, event.label, event.to),
      };
    case "remove label":
      return {
        labels: before.labels.filter((label) => label !== event.label),
        prompts: keep(before.prompts, ({ says }) => says !== event.label),
        start: before.start && withoutLabel(before.start, before.labels.indexOf(event.label)),
      };
    case "start from":
      return { ...before, start: { mask: event.mask, precision: event.precision } };
    case "restart":
      return { ...before, prompts: new Map(), start: undefined };
    default:
      return event satisfies never;
  }
}

function keep(
  prompts: ReadonlyMap<string, Prompt>,
  wanted: (prompt: Prompt, id: string) => boolean,
): ReadonlyMap<string, Prompt> {
  return new Map([...prompts].filter(([id, prompt]) => wanted(prompt, id)));
}

function renamed(
  prompts: ReadonlyMap<string, Prompt>,
  from: Label,
  to: Label,
): ReadonlyMap<string, Prompt> {
  return new Map(
    [...prompts].map(([id, prompt]) => [
      id,
      prompt.says === from ? { ...prompt, says: to } : prompt,
    ]),
  );
}

/** The removed label's pixels become background; the labels after it move down by one. */
function withoutLabel({ mask, precision }: Start, removed: number): Start {
  const data = mask.data.map((label) => {
    if (label === removed) return 0;
    return label > removed ? label - 1 : label;
  });
  return { mask: { ...mask, data }, precision };
}
