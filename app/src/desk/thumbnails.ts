/** Small pictures of photos, made one after the other when their place in the list is in sight. */

import { smallCopy } from "../files/shown.ts";
import { photoBytes } from "./photoBytes.ts";
import type { Studio } from "./studio.ts";

export class Thumbnails {
  readonly #studio: Studio;
  readonly #wanted = new Set<string>();
  /** Those that could not be made are not tried again. */
  readonly #tried = new Set<string>();
  readonly #observer = new IntersectionObserver((entries) => this.#see(entries));
  #isMaking = false;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** To be called when the page has been drawn. */
  look(root: ParentNode): void {
    for (const place of root.querySelectorAll("[data-wanted]")) this.#observer.observe(place);
  }

  end(): void {
    this.#observer.disconnect();
    this.#wanted.clear();
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const id = target.getAttribute("data-wanted");
      if (id === null) continue;
      // What has been scrolled past need not be made.
      if (!isIntersecting) this.#wanted.delete(id);
      else if (!this.#tried.has(id)) this.#wanted.add(id);
    }
    void this.#make();
  }

  async #make(): Promise<void> {
    if (this.#isMaking) return;
    this.#isMaking = true;
    for (const id of this.#wanted) {
      this.#wanted.delete(id);
      this.#tried.add(id);
      const thumbnail = await this.#thumbnailOf(id).catch(() => undefined); // told when it is shown
      if (thumbnail !== undefined) this.#studio.changePhoto(id, { thumbnail });
    }
    this.#isMaking = false;
  }

  async #thumbnailOf(id: string): Promise<string | undefined> {
    const photo = this.#studio.state.photos.find((one) => one.id === id);
    if (!photo || photo.thumbnail !== undefined) return undefined;
    const blob = await photoBytes(this.#studio, photo);
    return blob && smallCopy(blob);
  }
}
