/** One picture being segmented: what was said about it, its newest masks, and the worker behind them. */

import {
  state as inForce,
  type Label,
  newSession,
  type RemoteSegmentation,
  type Session,
} from "maskwise";
import { Engine } from "../../engine/engine.ts";
import { type Solver, solver, type Wish } from "../../engine/solver.ts";
import { forget, pixelsOf, type Shown } from "../../files/shown.ts";
import { saysSomething } from "../../state/saysSomething.ts";
import type { MaskwiseEventName, MaskwiseEvents } from "../events.ts";

/** A picture that is shown. */
interface Opened {
  readonly id: string;
  readonly name: string;
  readonly shown: Shown;
}

interface Answer {
  readonly session: Session;
  readonly segmentation: RemoteSegmentation | undefined;
}

export interface SegmentingHost {
  startWorker(): Worker;
  /** Name of the model to open pictures with. */
  model(): string;
  /** Called after every change. */
  tell<Name extends MaskwiseEventName>(name: Name, detail: MaskwiseEvents[Name]): void;
}

export class Segmenting {
  readonly #host: SegmentingHost;
  readonly #engine: Engine;
  readonly #solver: Solver;
  #opened: Opened | undefined;
  #session: Session | undefined;
  #answer: Answer | undefined;
  #problem: Error | undefined;
  #count = 0;

  constructor(host: SegmentingHost) {
    this.#host = host;
    this.#engine = new Engine(
      () => host.startWorker(),
      () => host.model(),
    );
    this.#solver = solver(this.#engine, {
      opening: (share) => host.tell("progress", { share }),
      opened: (device, notes) => host.tell("ready", { device, notes }),
      solving: () => {},
      restarting: (reason) => host.tell("restart", { reason }),
      solved: (wish, segmentation) => this.#solved(wish, segmentation),
      cancelled: () => {},
      failed: (wish, error) => {
        if (wish.photo.id === this.#opened?.id) this.#failed(error);
      },
    });
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The newest masks; while others are worked out, those of the session before. */
  get segmentation(): RemoteSegmentation | undefined {
    return this.#session && saysSomething(this.#session) ? this.#answer?.segmentation : undefined;
  }

  /** Show another picture, of which nothing was said yet, and encode it. */
  open(name: string, shown: Shown, labels: readonly Label[]): void {
    this.close();
    this.#opened = { id: `picture ${++this.#count}`, name, shown };
    this.#session = newSession({ width: shown.width, height: shown.height }, labels);
    this.#host.tell("change", { session: this.#session, by: "program" });
    this.ask();
  }

  /** Free the picture. */
  close(): void {
    if (!this.#opened) return;
    this.#solver.cancel();
    this.#engine.close(this.#opened.id);
    forget(this.#opened.shown);
    this.#opened = undefined;
    this.#session = undefined;
    this.#answer = undefined;
    this.#problem = undefined;
  }

  /** Encode the picture again, with another model. */
  reopen(): void {
    if (!this.#opened) return;
    this.#solver.cancel();
    this.#engine.close(this.#opened.id);
    this.#answer = undefined;
    this.ask();
  }

  /**
   * @param wait Whether more is to come before a mask is wanted.
   * @throws {RangeError} The session is of another size than the picture.
   */
  change(session: Session, by: "person" | "program", wait = false): void {
    const before = this.#session;
    if (!before || session === before) return;
    if (session.width !== before.width || session.height !== before.height) {
      throw new RangeError(
        `maskwise-image: expected a session of the picture's size, ${before.width}×${before.height}, got ${session.width}×${session.height}.`,
      );
    }
    this.#session = session;
    this.#host.tell("change", { session, by });
    if (!wait) this.ask();
  }

  /** Work out the masks of all that was said. */
  ask(): void {
    if (!this.#opened || !this.#session) return;
    const { id, shown } = this.#opened;
    const { width, height } = shown;
    this.#problem = undefined;
    this.#solver.ask({
      photo: { id, width, height, read: () => pixelsOf(shown) },
      session: this.#session,
    });
  }

  /** Stop encoding or answering; what was said stays, and the next change goes on. */
  cancel(): void {
    this.#solver.cancel();
  }

  /**
   * The masks of all that was said, once they are there; `undefined` where nothing was.
   *
   * @throws {Error} They could not be worked out, and why.
   */
  async answer(): Promise<RemoteSegmentation | undefined> {
    if (this.#session !== this.#answer?.session) this.ask();
    await this.#solver.settled();
    if (this.#problem) throw this.#problem;
    return this.segmentation;
  }

  /** Give back all that is held; what was said stays. */
  rest(): void {
    this.#solver.cancel();
    this.#engine.stop("the element was taken off the page");
  }

  /** Names of the labels in force, the background first. */
  get labels(): readonly Label[] {
    return this.#session ? inForce(this.#session).labels : [];
  }

  #solved(wish: Wish, segmentation: RemoteSegmentation | undefined): void {
    if (wish.photo.id !== this.#opened?.id) return;
    this.#answer = { session: wish.session, segmentation };
    this.#host.tell("masks", segmentation);
  }

  #failed(error: Error): void {
    this.#problem = error;
    this.#host.tell("problem", { error });
  }
}
