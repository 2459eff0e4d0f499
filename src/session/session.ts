/**
 * One image being segmented, as a value: the list of everything that was said
 * and done, and a position in it. Undo is subtraction, redo is addition, and
 * the mask is a function of what is in force, not of how it came about.
 */

import { BACKGROUND, type Label, OBJECT, type Prompt } from "../clicks/prompts.ts";
import type { Mask, Size } from "../image/pixels.ts";
import type { RunLengths } from "../image/runLengths.ts";
import { checkLabels } from "./checkLabels.ts";
import { contradicted } from "./retouch/contradicts.ts";
import { type HandEdit, type Layer, mentions, relabelled } from "./retouch/handEdit.ts";
import { withoutValue } from "./withoutValue.ts";

/**
 * One thing a person did. `id` names a prompt for as long as the session lives: said again under it,
 * something is said in its place.
 */
export type Event =
  | { readonly kind: "say"; readonly id: string; readonly prompt: Prompt }
  | { readonly kind: "take back"; readonly id: string }
  | { readonly kind: "add label"; readonly label: Label }
  | { readonly kind: "rename label"; readonly label: Label; readonly to: Label }
  | { readonly kind: "remove label"; readonly label: Label }
  | { readonly kind: "start from"; readonly mask: Mask; readonly precision: number }
  | { readonly kind: "edit"; readonly edit: HandEdit }
  /** Two labels become one: everything said of the first is said of the second. */
  | { readonly kind: "merge labels"; readonly label: Label; readonly into: Label }
  /** Several events that are one step: they are undone together. */
  | { readonly kind: "together"; readonly events: readonly Event[] }
  | { readonly kind: "lock"; readonly label: Label; readonly pixels: RunLengths }
  | { readonly kind: "unlock"; readonly label: Label }
  | { readonly kind: "set strength"; readonly strength: number }
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
  /** What was changed by hand, and what was said since, in the order in which it was. */
  readonly edits: readonly Layer[];
  /**
   * What the model is asked about: the prompts that were in force when something was last said. An
   * edit over a click changes that click's pixels and no others, so the model hears of it when
   * the next thing is said.
   */
  readonly asked: ReadonlyMap<string, Prompt>;
  /** The pixels that finished labels keep, and no others get. */
  readonly locks: ReadonlyMap<Label, RunLengths>;
  /** How far corrections reach; 1 is what the model was made for. */
  readonly strength: number;
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
  checkLabels("newSession", labels);
  return { width: size.width, height: size.height, labels, events: [], at: 0 };
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
const firsts = new WeakMap<readonly Label[], State>();
/** An event leads from a state to the next one; sessions that go on from one another share them. */
const steps = new WeakMap<Event, { readonly before: State; readonly after: State }>();

/** What is in force: the events up to the position, added up. */
export function state(session: Session): State {
  const known = states.get(session);
  if (known) return known;
  const { labels } = session;
  let result = firsts.get(labels) ?? first(labels);
  firsts.set(labels, result);
  for (const event of session.events.slice(0, session.at)) {
    const step = steps.get(event);
    const before = result;
    result = step?.before === before ? step.after : after(before, event, session);
    steps.set(event, { before, after: result });
  }
  states.set(session, result);
  return result;
}

function first(labels: readonly Label[]): State {
  return {
    labels,
    prompts: NOTHING,
    start: undefined,
    edits: [],
    asked: NOTHING,
    locks: NOTHING,
    strength: 1,
  };
}

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

function after(before: State, event: Event, size: Size): State {
  switch (event.kind) {
    case "say":
      return said(before, event.id, event.prompt);
    case "take back":
      return withoutPrompts(before, [event.id]);
    case "add label":
      return { ...before, labels: [...before.labels, event.label] };
    case "rename label":
      return {
        ...before,
        labels: before.labels.map((label) => (label === event.label ? event.to : label)),
        ...renamed(before, event.label, event.to),
      };
    case "remove label":
      return withoutLabel(before, event.label);
    case "merge labels":
      return merged(before, event.label, event.into);
    case "start from":
      return { ...before, start: { mask: event.mask, precision: event.precision } };
    case "edit":
      return edited(before, event.edit, size);
    case "together":
      return event.events.reduce((state, one) => after(state, one, size), before);
    case "lock":
      return { ...before, locks: new Map(before.locks).set(event.label, event.pixels) };
    case "unlock":
      return { ...before, locks: withoutIds(before.locks, [event.label]) };
    case "set strength":
      return { ...before, strength: event.strength };
    case "restart": {
      const { labels, locks, strength } = before;
      return { ...first(labels), locks, strength };
    }
    default:
      return event satisfies never;
  }
}

/** What is said after edits holds against them; what is said before any needs no place among them. */
function said(before: State, id: string, prompt: Prompt): State {
  const prompts = new Map(before.prompts).set(id, prompt);
  const edits = before.edits.filter((layer) => !(layer.kind === "heed" && layer.id === id));
  const isPlace = prompt.kind === "click" || prompt.kind === "stroke";
  return {
    ...before,
    prompts,
    edits: edits.length > 0 && isPlace ? [...edits, { kind: "heed", id, prompt }] : edits,
    asked: prompts,
  };
}

function withoutPrompts(before: State, ids: readonly string[]): State {
  const prompts = withoutIds(before.prompts, ids);
  return {
    ...before,
    prompts,
    asked: prompts,
    edits: before.edits.filter((layer) => layer.kind !== "heed" || !ids.includes(layer.id)),
  };
}

function withoutIds<Each>(
  all: ReadonlyMap<string, Each>,
  ids: readonly string[],
): ReadonlyMap<string, Each> {
  return new Map([...all].filter(([id]) => !ids.includes(id)));
}

/**
 * An edit holds against what was said before it: a click painted over is as if it had been taken
 * back, and a stroke painted over in part becomes an edit itself, under the new one.
 */
function edited(before: State, edit: HandEdit, size: Size): State {
  const gone = contradicted(edit, before.prompts, size);
  const strokes = gone.flatMap(([, prompt]): HandEdit[] =>
    prompt.kind === "stroke" ? [{ kind: "brush", stroke: prompt, hardness: 1 }] : [],
  );
  return {
    ...before,
    prompts: withoutIds(
      before.prompts,
      gone.map(([id]) => id),
    ),
    edits: [...before.edits, ...strokes, edit],
  };
}

/** What was said and done with one label, said and done with another. */
function renamed(
  { prompts, edits, asked, locks }: State,
  from: Label,
  to: Label,
): Pick<State, "prompts" | "edits" | "asked" | "locks"> {
  const name = (label: Label): Label => (label === from ? to : label);
  const saying = (all: ReadonlyMap<string, Prompt>): ReadonlyMap<string, Prompt> =>
    new Map([...all].map(([id, prompt]) => [id, { ...prompt, says: name(prompt.says) }]));
  return {
    prompts: saying(prompts),
    edits: edits.map((layer) => relabelled(layer, name)),
    asked: saying(asked),
    locks: new Map([...locks].map(([label, pixels]) => [name(label), pixels])),
  };
}

/** Without a label and all that was said and done with it. */
function withoutLabel(before: State, label: Label): State {
  const gone = [...before.prompts].filter(([, { says }]) => says === label).map(([id]) => id);
  const { start, edits, ...others } = withoutPrompts(before, gone);
  return {
    ...others,
    locks: withoutIds(before.locks, [label]),
    labels: before.labels.filter((other) => other !== label),
    start: start && { ...start, mask: withoutValue(start.mask, before.labels.indexOf(label), 0) },
    edits: edits.filter((layer) => !mentions(layer, label)),
  };
}

function merged(before: State, label: Label, into: Label): State {
  const { start } = before;
  const { prompts, edits } = renamed(before, label, into);
  const [from, to] = [before.labels.indexOf(label), before.labels.indexOf(into)];
  return {
    ...before,
    labels: before.labels.filter((other) => other !== label),
    prompts,
    start: start && { ...start, mask: withoutValue(start.mask, from, to) },
    edits,
    asked: prompts,
  };
}
