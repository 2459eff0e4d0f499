/**
 * What is kept of one photo of a project: how far it is, what was said about it, and what was said
 * about its objects. As a document it is a file of its own, so that a photo's work travels with it.
 */

import * as z from "zod/mini";
import type { Label } from "../clicks/prompts.ts";
import { formatAndVersion, readDocument } from "../formats/readDocument.ts";
import { readSession, writeSession } from "../session/document/sessionDocument.ts";
import type { Session } from "../session/session.ts";

const VERSION = 1;

/** How far a photo is, in the order in which they are usually passed. */
export const statuses = ["to do", "needs review", "done", "skipped"] as const;
export type Status = (typeof statuses)[number];

/** What was said about the objects of a photo: by the object's name, by the attribute's name. */
export type ObjectAttributes = Readonly<Record<Label, Readonly<Record<string, string | boolean>>>>;

export interface PhotoRecord {
  readonly status: Status;
  /** `undefined` until the photo was looked at. */
  readonly session: Session | undefined;
  readonly attributes: ObjectAttributes;
  /** Whether a mask of everything in the session has been exported. */
  readonly isExported: boolean;
}

const schema = z.strictObject({
  ...formatAndVersion("maskwise photo", VERSION),
  status: z.enum(statuses),
  attributes: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.boolean()]))),
  isExported: z.boolean(),
  session: z.unknown(),
});

export interface PhotoDocument {
  readonly format: "maskwise photo";
  readonly version: number;
  readonly status: Status;
  readonly attributes: ObjectAttributes;
  readonly isExported: boolean;
  /** A `SessionDocument`, or `null` where the photo was not looked at. */
  readonly session: unknown;
}

export function writePhoto({
  status,
  session,
  attributes,
  isExported,
}: PhotoRecord): PhotoDocument {
  return {
    format: "maskwise photo",
    version: VERSION,
    status,
    attributes,
    isExported,
    session: session === undefined ? null : writeSession(session),
  };
}

/** @throws {FormatError} It is no such document; the message has the path to every fault. */
export function readPhoto(document: unknown, source = "photo"): PhotoRecord {
  const { status, session, attributes, isExported } = readDocument(schema, document, {
    expected: "the record of a photo",
    source,
  });
  return {
    status,
    attributes,
    isExported,
    session: session === null ? undefined : readSession(session, source),
  };
}

/** How far a photo is, without its session being read: for lists of many. */
export function statusOf(document: unknown, source = "photo"): PhotoSummary {
  const { status, isExported, session } = readDocument(schema, document, {
    expected: "the record of a photo",
    source,
  });
  const at = (session as { at?: unknown } | null)?.at;
  return { status, isExported, events: typeof at === "number" ? at : 0 };
}

/** What a list shows of a photo. */
export interface PhotoSummary {
  readonly status: Status;
  readonly isExported: boolean;
  /** How many events are in force. */
  readonly events: number;
}
