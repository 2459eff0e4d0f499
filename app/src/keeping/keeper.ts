/**
 * Keeps everything, at once. It watches the page's state, which every edit makes anew, and writes
 * whatever differs from what is kept: so nobody who edits has to think of saving. One write is under
 * way at a time; what changes meanwhile is written next, in its newest form. A write that fails is
 * told and tried again: until then the page holds what is not kept.
 */

import { writePhoto } from "maskwise";
import type { Keeping } from "../state/keeping.ts";
import type { Photo } from "../state/photo.ts";
import type { State } from "../state/state.ts";
import { isExported, summaryOf } from "../state/summary.ts";
import { type PhotoToKeep, type Store, StoreFull, TakenOver } from "./store.ts";
import { Versions } from "./versions.ts";

export interface KeeperOptions {
  state(): State;
  tell(keeping: Keeping): void;
  /** Another page has taken the project over. */
  takenOver(): void;
  /** A photo was written. */
  kept(photo: string): void;
  /** A photo's file was written: it can be had from the store. */
  keptFile(photo: string): void;
  /** There is no room for a photo's file; what is said about it is kept. */
  withoutFile(photo: Photo): void;
}

/** What failed is tried again after this time, in milliseconds. */
const AGAIN_MS = 5000;

export class Keeper {
  readonly store: Store;
  readonly versions: Versions;
  readonly #options: KeeperOptions;
  readonly #photos = new Set<string>();
  #isProjectDirty = false;
  #isOrderDirty = false;
  /** Files there was no room for. */
  readonly #tooLarge = new WeakSet<Blob>();
  #running: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, options: KeeperOptions) {
    this.store = store;
    this.#options = options;
    this.versions = new Versions(store);
  }

  /** Whether there is something that is not kept. */
  get isDirty(): boolean {
    return this.#running !== undefined || this.#hasMore;
  }

  get #hasMore(): boolean {
    return (
      this.#photos.size > 0 || this.#isProjectDirty || this.#isOrderDirty || this.versions.isWaiting
    );
  }

  /** To be called with every change of the state. */
  changed(before: State, after: State): void {
    if (after.project !== before.project) this.#isProjectDirty = true;
    if (after.photos !== before.photos) this.#comparePhotos(before.photos, after.photos);
    if (after.selected !== before.selected) this.#isOrderDirty = true;
    if (this.#hasMore) this.#run();
  }

  /** Resolves when everything is kept or has failed. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Photos that are not kept as they are. */
  get unkept(): readonly Photo[] {
    return this.#options.state().photos.filter(({ id }) => this.#photos.has(id));
  }

  /** Try again at once what failed. */
  again(): void {
    if (this.#hasMore) this.#run();
  }

  /** Write nothing of what has changed until now. */
  forget(): void {
    clearTimeout(this.#retry);
    this.#photos.clear();
    this.#isOrderDirty = false;
    this.#isProjectDirty = false;
  }

  #comparePhotos(before: readonly Photo[], after: readonly Photo[]): void {
    const known = new Map(before.map((photo) => [photo.id, photo]));
    for (const photo of after) {
      const earlier = known.get(photo.id);
      if (photo !== earlier && this.#isToKeep(photo) && this.#differs(photo, earlier)) {
        this.#photos.add(photo.id);
        if (earlier) this.versions.compare(earlier, photo);
      }
    }
    const isSameOrder =
      before.length === after.length && before.every(({ id }, at) => after[at]?.id === id);
    if (!isSameOrder) this.#isOrderDirty = true;
  }

  #run(): void {
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined;
    });
  }

  async #write(): Promise<void> {
    clearTimeout(this.#retry);
    this.#options.tell({ kind: "writing" });
    try {
      while (this.#hasMore) await this.#writeNext();
      this.#options.tell({ kind: "kept" });
    } catch (error) {
      if (error instanceof TakenOver) return this.#options.takenOver();
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.tell({ kind: "failed", isFull: error instanceof StoreFull, reason });
      this.#retry = setTimeout(() => this.again(), AGAIN_MS);
    }
  }

  /** What it takes up counts as dirty again where it fails. */
  async #writeNext(): Promise<void> {
    const [id] = this.#photos;
    if (id !== undefined) {
      this.#photos.delete(id);
      const photo = this.#options.state().photos.find((one) => one.id === id);
      if (photo) await this.#writePhoto(photo).catch(putBack(() => this.#photos.add(id)));
    } else if (this.#isOrderDirty) {
      this.#isOrderDirty = false;
      await this.#writeOrder().catch(putBack(() => (this.#isOrderDirty = true)));
    } else if (this.versions.isWaiting) {
      await this.versions.write();
    } else {
      this.#isProjectDirty = false;
      const { project } = this.#options.state();
      const saved = this.store.saveProject(project);
      await saved.catch(putBack(() => (this.#isProjectDirty = true)));
    }
  }

  async #writeOrder(): Promise<void> {
    const { photos, selected } = this.#options.state();
    const ids = photos.filter((photo) => this.#isToKeep(photo)).map(({ id }) => id);
    await this.store.saveOrder(ids, selected);
  }

  async #writePhoto(photo: Photo): Promise<void> {
    const { id, name, thumbnail, source } = photo;
    const toKeep: PhotoToKeep = {
      id,
      name,
      summary: summaryOf(photo),
      record: await this.#recordOf(photo),
      source: source.kind === "file" || source.kind === "kept" ? "bytes" : source.kind,
      // An address of a file ends with the page.
      ...(thumbnail?.startsWith("data:") && { thumbnail }),
    };
    if (source.kind !== "file" || this.#tooLarge.has(source.blob)) {
      await this.store.savePhoto(toKeep);
    } else {
      await this.#writeFile(photo, toKeep, source.blob);
    }
    this.#options.kept(id);
  }

  /** With its file; where there is no room for that, at least what was said about it. */
  async #writeFile(photo: Photo, toKeep: PhotoToKeep, bytes: Blob): Promise<void> {
    try {
      await this.store.savePhoto({ ...toKeep, bytes });
      this.#options.keptFile(photo.id);
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await this.store.savePhoto(toKeep);
      this.#tooLarge.add(bytes);
      this.#options.withoutFile(photo);
    }
  }

  /**
   * A folder keeps what is said about its own photos. The sample is drawn anew each time, so it is
   * kept only once something was done with it.
   */
  #isToKeep({ source, session, status }: Photo): boolean {
    if (this.store.isFolder) return source.kind === "server";
    return source.kind !== "sample" || (session?.events.length ?? 0) > 0 || status !== "to do";
  }

  /** Whether what is kept of a photo differs from what was kept of it before. */
  #differs(photo: Photo, before: Photo | undefined): boolean {
    if (before === undefined) return photo.source.kind !== "kept";
    if (photo.source !== before.source && photo.source.kind === "file") return true;
    if (photo.thumbnail !== before.thumbnail && !this.store.isFolder) return true;
    return (["session", "status", "attributes", "exported"] as const).some(
      (field) => photo[field] !== before[field],
    );
  }

  /** Of a photo that has not been read since the page was opened, what is kept goes on to be. */
  async #recordOf(photo: Photo): Promise<PhotoToKeep["record"]> {
    const { status, session, attributes = {} } = photo;
    if (session === undefined) {
      const kept = await this.store.record(photo.id);
      if (kept !== undefined) return { ...(kept as PhotoToKeep["record"]), status };
    }
    return writePhoto({ status, session, attributes, isExported: isExported(photo) });
  }
}

function putBack(undo: () => void): (error: unknown) => never {
  return (error) => {
    undo();
    throw error;
  };
}
