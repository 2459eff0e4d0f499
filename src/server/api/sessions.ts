/** The sessions that clients have open, with the files of their pictures: up to a number, while used. */

import { createHash, randomBytes } from "node:crypto";
import type { Session } from "../../session/index.ts";
import { Refusal } from "../refusal.ts";
import type { PictureFile } from "../segmenting/engine.ts";
import type { Limits } from "./limits.ts";

export interface OpenSession {
  readonly id: string;
  /** The picture's file name, as the client calls it. */
  readonly name: string;
  readonly picture: PictureFile;
  session: Session;
  /** Counts changes, so that an answer belongs to one state. */
  revision: number;
  usedAt: number;
}

export interface Sessions {
  /** @throws {Refusal} 429 when there is no room, and no session has been idle for long. */
  open(picture: PictureFile, name: string, session: Session): OpenSession;
  /** @throws {Refusal} 404 when there is none of that id. */
  get(id: string): OpenSession;
  close(id: string): void;
  /** The file with these bytes, the one that is stored already where it is. */
  fileOf(bytes: Uint8Array): PictureFile;
  readonly count: number;
  readonly storedBytes: number;
}

/**
 * @param now     A clock in milliseconds.
 * @param dropped Told of pictures that no session is about any more.
 */
export function openSessions(
  { maxSessions, maxStoredBytes, idleMs }: Limits,
  now: () => number,
  dropped: (key: string) => void,
): Sessions {
  const sessions = new Map<string, OpenSession>();
  const files = new Map<string, { readonly file: PictureFile; sessions: number }>();
  let storedBytes = 0;

  function close(id: string): void {
    const session = sessions.get(id);
    if (!session) return;
    sessions.delete(id);
    const { key, bytes } = session.picture;
    const stored = files.get(key);
    if (!stored || --stored.sessions > 0) return;
    files.delete(key);
    storedBytes -= bytes.length;
    dropped(key);
  }

  function isFull(more: number): boolean {
    return sessions.size >= maxSessions || storedBytes + more > maxStoredBytes;
  }

  /** Close those that were idle for longest until there is room, and none that is in use. */
  function makeRoom(more: number): void {
    const idle = [...sessions.values()]
      .filter(({ usedAt }) => now() - usedAt > idleMs)
      .sort((a, b) => a.usedAt - b.usedAt);
    for (const { id } of idle) {
      if (!isFull(more)) return;
      close(id);
    }
  }

  return {
    get count() {
      return sessions.size;
    },
    get storedBytes() {
      return storedBytes;
    },
    close,
    get: (id) => {
      const found = sessions.get(id);
      if (!found) {
        throw new Refusal(
          404,
          "session: expected the id of an open one. It may have been closed after a time without use.",
        );
      }
      found.usedAt = now();
      return found;
    },
    fileOf: (bytes) => {
      const key = createHash("sha256").update(bytes).digest("base64url");
      return files.get(key)?.file ?? { key, bytes };
    },
    open: (picture, name, session) => {
      const stored = files.get(picture.key);
      const more = stored ? 0 : picture.bytes.length;
      makeRoom(more);
      if (isFull(more)) {
        throw new Refusal(
          429,
          `sessions: expected at most ${maxSessions}, with ${Math.round(maxStoredBytes / 2 ** 20)} MiB of pictures. Close some with DELETE.`,
        );
      }
      if (stored) stored.sessions++;
      else files.set(picture.key, { file: picture, sessions: 1 });
      storedBytes += more;
      const id = randomBytes(16).toString("base64url");
      const opened = { id, name, picture, session, revision: 0, usedAt: now() };
      sessions.set(id, opened);
      return opened;
    },
  };
}
