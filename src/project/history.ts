/**
 * Earlier versions of what was said about a photo, newest last. The events of a session can be
 * undone; a version also brings back what was undone and then overwritten.
 */

import * as z from "zod/mini";
import { formatAndVersion, readDocument } from "../formats/readDocument.ts";
import {
  readSession,
  type SessionDocument,
  writeSession,
} from "../session/document/sessionDocument.ts";
import type { Session } from "../session/session.ts";

const VERSION = 1;

/** So many versions of a photo are kept; the oldest go first. */
export const MAX_VERSIONS = 30;

/** Why a version was kept. */
const occasions = ["opened", "overwritten", "exported", "done", "restored"] as const;
export type Occasion = (typeof occasions)[number];

export interface Version {
  /** When, as ISO 8601 has it, in UTC. */
  readonly time: string;
  readonly occasion: Occasion;
  readonly session: Session;
}

const schema = z.strictObject({
  ...formatAndVersion("maskwise history", VERSION),
  versions: z.array(
    z.strictObject({ time: z.iso.datetime(), occasion: z.enum(occasions), session: z.unknown() }),
  ),
});

export interface HistoryDocument {
  readonly format: "maskwise history";
  readonly version: number;
  readonly versions: readonly {
    readonly time: string;
    readonly occasion: Occasion;
    readonly session: SessionDocument;
  }[];
}

/** The history with one more version, unless the newest says the same. */
export function withVersion(versions: readonly Version[], version: Version): readonly Version[] {
  const newest = versions.at(-1);
  if (newest && sayTheSame(newest.session, version.session)) return versions;
  return [...versions, version].slice(-MAX_VERSIONS);
}

function sayTheSame(one: Session, other: Session): boolean {
  return (
    one === other ||
    (one.at === other.at &&
      JSON.stringify(writeSession(one).events.slice(0, one.at)) ===
        JSON.stringify(writeSession(other).events.slice(0, other.at)))
  );
}

export function writeHistory(versions: readonly Version[]): HistoryDocument {
  return {
    format: "maskwise history",
    version: VERSION,
    versions: versions.map(({ session, ...about }) => ({
      ...about,
      session: writeSession(session),
    })),
  };
}

/** @throws {FormatError} It is no such document; the message has the path to every fault. */
export function readHistory(document: unknown, source = "history"): readonly Version[] {
  const { versions } = readDocument(schema, document, { expected: "a history", source });
  return versions.map(({ session, ...about }) => ({
    ...about,
    session: readSession(session, source),
  }));
}
