/** Keeps earlier versions of what was said about a photo, where it would otherwise be gone for good. */

import {
  type Occasion,
  readHistory,
  type Session,
  type Version,
  withVersion,
  writeHistory,
} from "maskwise";
import type { Photo } from "../state/photo.ts";
import type { Store } from "./store.ts";

export class Versions {
  readonly #store: Store;
  readonly #waiting = new Map<string, Version[]>();
  /** Photos that were changed since the page was opened. */
  readonly #touched = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether there are versions that are not written. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Earlier versions of a photo, oldest first. */
  async of(photo: string): Promise<readonly Version[]> {
    const kept = await this.#store.history(photo);
    const versions = kept === undefined || kept === null ? [] : readHistory(kept);
    return (this.#waiting.get(photo) ?? []).reduce(withVersion, versions);
  }

  /** Keep a version, with the next writing. */
  add(photo: string, occasion: Occasion, session: Session): void {
    if (session.events.length === 0) return;
    const version = { time: new Date().toISOString(), occasion, session };
    this.#waiting.set(photo, [...(this.#waiting.get(photo) ?? []), version]);
  }

  /** Keep what a change of a photo would lose, or what marks a point to come back to. */
  compare(before: Photo, after: Photo): void {
    const { id, session } = after;
    if (before.session && session && before.session.events !== session.events) {
      const { events, at } = before.session;
      // New events after an undo forget what was undone.
      if (at < events.length && session.events[at] !== events[at]) {
        this.add(id, "overwritten", { ...before.session, at: events.length });
      } else if (!this.#touched.has(id)) {
        this.add(id, "opened", before.session);
      }
      this.#touched.add(id);
    }
    if (!session) return;
    if (after.exported === session && before.exported !== session)
      this.add(id, "exported", session);
    if (after.status === "done" && before.status !== "done") this.add(id, "done", session);
  }

  async write(): Promise<void> {
    for (const [photo, versions] of this.#waiting) {
      const all = await this.of(photo);
      await this.#store.saveHistory(photo, writeHistory(all));
      // What was added meanwhile stays for the next time.
      const rest = (this.#waiting.get(photo) ?? []).filter((one) => !versions.includes(one));
      if (rest.length > 0) this.#waiting.set(photo, rest);
      else this.#waiting.delete(photo);
    }
  }
}
