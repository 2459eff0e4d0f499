/**
 * The page's state over time: the one place that changes it, and the segmenter behind it. What
 * can be done to it is written in the files beside this one, as functions on a studio.
 */

import type { RemoteSegmentation } from "maskwise";
import { chosenModel } from "../engine/chosenModel.ts";
import { Engine } from "../engine/engine.ts";
import { type Solver, solver, type Wish } from "../engine/solver.ts";
import type { LocalServer } from "../files/localServer.ts";
import { pixelsOf } from "../files/shown.ts";
import type { Keeper } from "../keeping/keeper.ts";
import type { Ownership } from "../keeping/ownership.ts";
import type { Keeping } from "../state/keeping.ts";
import type { Photo } from "../state/photo.ts";
import { FIRST_STATE, type Notice, type State, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { recalled, remember } from "./preferences.ts";

/** So many notices are shown at once; older ones make room. */
const MAX_NOTICES = 4;

/** A notice that something was done goes by itself after this time, in milliseconds. */
const DONE_MS = 5000;

export class Studio {
  #state: State = { ...FIRST_STATE, ...recalled(() => localStorage) };
  /** Files being looked at, a photo being read. */
  readonly #underWay = new Set<Promise<void>>();
  readonly #told = new Set<string>();
  server: LocalServer | undefined;
  /** What keeps the project; `undefined` where nothing can be kept. */
  keeper: Keeper | undefined;
  ownership: Ownership | undefined;
  readonly engine: Engine;
  readonly #solver: Solver;
  readonly #changed: (before: State, after: State) => void;

  /**
   * @param startWorker Starts a worker that serves a segmenter.
   * @param changed     Called after every change of the state.
   */
  constructor(startWorker: () => Worker, changed: (before: State, after: State) => void) {
    this.#changed = changed;
    this.engine = new Engine(startWorker, () => this.model);
    this.#solver = solver(this.engine, {
      opening: (share) => this.change({ work: { kind: "opening", share } }),
      opened: (device, notes) => {
        if (device !== this.#state.device) this.change({ device });
        this.#tell(notes);
      },
      solving: () => this.change({ work: { kind: "solving" } }),
      restarting: (reason) => this.notify("error", texts.work.restarted(reason)),
      solved: (wish, segmentation) => this.#solved(wish, segmentation),
      cancelled: (wish) => this.#ended(wish, { work: { kind: "cancelled" } }),
      failed: (wish, { message }) =>
        this.#ended(wish, { work: { kind: "failed", reason: message } }),
    });
  }

  /** The name of what segments. */
  get model(): string {
    return chosenModel(location, this.server?.model);
  }

  get state(): State {
    return this.#state;
  }

  change(next: Partial<State>): void {
    const before = this.#state;
    this.load(next);
    if (this.#state.access === "owner") this.keeper?.changed(before, this.#state);
  }

  /** Change the state to something that is kept already. */
  load(next: Partial<State>): void {
    const before = this.#state;
    this.#state = { ...before, ...next };
    if (next.theme ?? next.keys ?? next.look) remember(() => localStorage, this.#state);
    this.#changed(before, this.#state);
  }

  changePhoto(id: string, next: Partial<Photo>): void {
    this.change({ photos: this.#photosWith(id, next) });
  }

  /** Change a photo to what is kept of it already. */
  loadPhoto(id: string, next: Partial<Photo>): void {
    this.load({ photos: this.#photosWith(id, next) });
  }

  #photosWith(id: string, next: Partial<Photo>): readonly Photo[] {
    return this.#state.photos.map((photo) => (photo.id === id ? { ...photo, ...next } : photo));
  }

  /** From now on keep what is changed. */
  keep(keeper: Keeper | undefined, ownership: Ownership | undefined): void {
    this.keeper = keeper;
    this.ownership = ownership;
  }

  /** Whether the project may be changed here; where not, it is said. */
  mayChange(): boolean {
    if (this.#state.access === "owner") return true;
    this.notify("error", this.server ? texts.projects.readingFolder : texts.projects.reading);
    return false;
  }

  tellKeeping(keeping: Keeping): void {
    const hadFailed = this.#state.keeping.kind === "failed";
    // While it is tried again, it has still failed.
    if (hadFailed && keeping.kind === "writing") return;
    this.load({ keeping });
    if (hadFailed && keeping.kind === "kept") this.notify("done", texts.projects.keptAgain);
  }

  /** Stop everything. */
  end(): void {
    this.keeper?.forget();
    this.ownership?.end();
    this.engine.stop("the annotator was taken off the page");
  }

  /** A name that nothing else has. */
  newId(): string {
    return crypto.randomUUID();
  }

  notify(kind: Notice["kind"], text: string, action?: Notice["action"]): void {
    const id = this.newId();
    const others = this.#state.notices.filter((notice) => notice.text !== text);
    const notice = { id, kind, text, ...(action && { action }) };
    this.change({ notices: [...others, notice].slice(-MAX_NOTICES) });
    if (kind === "done") setTimeout(() => this.dismiss(id), DONE_MS);
  }

  dismiss(id: string): void {
    this.change({ notices: this.#state.notices.filter((notice) => notice.id !== id) });
  }

  /** Ask for the mask of what was said about the current photo. */
  ask(): void {
    const { current } = this.#state;
    const photo = selectedPhoto(this.#state);
    if (!current || !photo?.session || current.id !== photo.id) return;
    const { id, width, height, shown } = current;
    this.#solver.ask({
      photo: { id, width, height, read: () => pixelsOf(shown) },
      session: photo.session,
    });
  }

  /** Stop working for the current photo; what was said stays. */
  cancel(): void {
    this.#solver.cancel();
  }

  /** Count something as under way until it ends. */
  async track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    try {
      await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  /** Resolves when the mask is that of everything said so far, also of what waits for more to come. */
  async solved(): Promise<void> {
    this.ask();
    await this.#solver.settled();
  }

  /** Resolves when nothing is under way and the mask is that of the newest session. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#underWay);
      await this.#solver.settled();
      await this.keeper?.settled();
    } while (this.#underWay.size > 0);
  }

  /** Say what is new of what a person should know. */
  #tell(notes: readonly string[]): void {
    for (const note of notes) {
      if (this.#told.has(note)) continue;
      this.#told.add(note);
      this.notify("note", note);
    }
  }

  #solved(wish: Wish, segmentation: RemoteSegmentation | undefined): void {
    const answer = segmentation && { photo: wish.photo.id, session: wish.session, segmentation };
    this.#ended(wish, { answer, work: { kind: "idle" } });
  }

  /** What comes too late, for a photo that is no longer selected, changes nothing. */
  #ended(wish: Wish, next: Partial<State>): void {
    if (wish.photo.id === this.#state.selected) this.change(next);
  }
}
