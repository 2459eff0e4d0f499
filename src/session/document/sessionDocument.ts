/**
 * A session as a document: a plain value for JSON, a database or a message, from which the same
 * session comes back, its undone events included. docs/project.md describes it field by field.
 */

import * as z from "zod/mini";
import { FormatError } from "../../formats/formatError.ts";
import { formatAndVersion, readDocument } from "../../formats/readDocument.ts";
import { MAX_LABELS } from "../checkLabels.ts";
import { checkSession } from "../checkSession.ts";
import type { Event, Session } from "../session.ts";
import { storedEvent } from "./storedEvents.ts";
import { side } from "./storedValues.ts";

/** Raised when a field changes its meaning; a new kind of event does not raise it. */
const VERSION = 1;

/** A session as JSON. To be looked into only through `readSession`. */
export interface SessionDocument {
  readonly format: "maskwise session";
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly string[];
  readonly events: readonly unknown[];
  readonly at: number;
}

const schema = z.strictObject({
  ...formatAndVersion("maskwise session", VERSION),
  width: side,
  height: side,
  labels: z.array(z.string()).check(z.minLength(2), z.maxLength(MAX_LABELS)),
  events: z.array(storedEvent),
  at: z.int().check(z.nonnegative()),
});

/** The document of a session. */
export function writeSession({ width, height, labels, events, at }: Session): SessionDocument {
  return {
    format: "maskwise session",
    version: VERSION,
    width,
    height,
    labels: [...labels],
    events: events.map(written),
    at,
  };
}

/** Events are values and masks take time: each is written once, however often its session is. */
const known = new WeakMap<Event, unknown>();

function written(event: Event): unknown {
  const before = known.get(event);
  if (before !== undefined) return before;
  const document = z.encode(storedEvent, event);
  known.set(event, document);
  return document;
}

/**
 * The session of a document that may come from anywhere.
 *
 * @param name What to call it in messages, such as its path.
 * @throws {FormatError} It is not such a document, or what it says contradicts itself; the message
 *   has the path to every fault.
 */
export function readSession(document: unknown, name = "session"): Session {
  const {
    format: _,
    version: __,
    ...session
  } = readDocument(schema, document, {
    expected: "a session",
    source: name,
  });
  const { events, at } = session;
  if (at > events.length) {
    throw new FormatError(
      `${name} at at: expected at most the number of events, ${events.length}, got ${at}.`,
    );
  }
  try {
    checkSession(session);
    checkSession({ ...session, at: events.length });
  } catch (cause) {
    throw new FormatError(`${name}: ${(cause as Error).message}`, { cause });
  }
  return session;
}
