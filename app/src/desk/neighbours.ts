/**
 * While nothing else is to be done, the segmenter gets to know the photos after and before the one
 * that is shown, so that the first click on them is answered at once.
 */

import { decodePhoto } from "../files/decodePhoto.ts";
import { forget, pixelsOf } from "../files/shown.ts";
import { filtered } from "../state/filter.ts";
import type { Photo } from "../state/photo.ts";
import type { State } from "../state/state.ts";
import { photoBytes } from "./photoBytes.ts";
import type { Studio } from "./studio.ts";

/** So long nothing must have happened, in milliseconds. */
const IDLE_MS = 600;

export class Neighbours {
  readonly #studio: Studio;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  /** Those that could not be had are not tried again. */
  readonly #failed = new Set<string>();

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** To be called with every change of the state. */
  changed(before: State, after: State): void {
    const isSame =
      before.selected === after.selected &&
      before.current === after.current &&
      before.work === after.work;
    if (isSame) return;
    this.end();
    const { current, selected, work } = after;
    if (work.kind !== "idle" || current === undefined || current.id !== selected) return;
    this.#timer = setTimeout(() => void this.#prepare(), IDLE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  async #prepare(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const { selected } = this.#studio.state;
    const kept = selected === undefined ? [] : [selected];
    for (const photo of neighboursOf(this.#studio.state)) {
      if (signal.aborted) return;
      if (this.#failed.has(photo.id)) continue;
      try {
        await this.#get(photo, kept, signal);
      } catch {
        // Told when the photo is shown.
        if (!signal.aborted) this.#failed.add(photo.id);
      }
      kept.push(photo.id);
    }
  }

  /** @param kept What must stay open, however little room there is. */
  async #get(photo: Photo, kept: readonly string[], signal: AbortSignal): Promise<void> {
    const { engine } = this.#studio;
    if (engine.has(photo.id)) return;
    const blob = await photoBytes(this.#studio, photo);
    if (!blob || signal.aborted) return;
    const shown = await decodePhoto(photo.name, blob);
    try {
      if (signal.aborted) return;
      const { width, height } = shown;
      const openable = { id: photo.id, width, height, read: () => pixelsOf(shown) };
      await engine.prepare(openable, { kept, signal });
    } finally {
      forget(shown);
    }
  }
}

/** The next one first. */
function neighboursOf({ photos, filter, selected }: State): readonly Photo[] {
  const list = filtered(photos, filter);
  const at = list.findIndex(({ id }) => id === selected);
  if (at === -1) return [];
  return [list[at + 1], list[at - 1]].filter((photo) => photo !== undefined);
}
