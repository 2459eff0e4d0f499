/**
 * The worker's life: started when it is first needed, started anew after it broke, and the
 * pictures it has opened.
 */

import {
  type Connection,
  connectSegmenter,
  type Following,
  type Picture,
  type RemoteSegmenter,
  type Size,
} from "maskwise";

/** The worker broke or was stopped; what it had opened is gone. */
export class WorkerStopped extends Error {
  override readonly name = "WorkerStopped";
}

/** A photo that can be opened. */
export interface Openable extends Size {
  readonly id: string;
  /** Read its pixels; called again when it must be opened again. */
  read(): Promise<Picture>;
}

/** Pictures stay open in the worker while they have fewer pixels than this together. */
const OPEN_PIXELS = 30e6;

/** A worker that does not react to a cancel within this time is stopped, in milliseconds. */
const PATIENCE_MS = 1500;

/** How a photo is opened ahead of time. */
interface Preparing {
  /** Photos that stay open, whatever room there is. */
  readonly kept: readonly string[];
  readonly signal: AbortSignal;
}

interface Running {
  readonly worker: Worker;
  readonly connection: Connection;
  /** By photo, the longest unused first. */
  readonly opened: Map<string, RemoteSegmenter>;
}

export class Engine {
  readonly #startWorker: () => Worker;
  readonly #model: () => string;
  #running: Running | undefined;

  /**
   * @param startWorker Starts a worker that serves a segmenter.
   * @param model       Name of the model to open photos with.
   */
  constructor(startWorker: () => Worker, model: () => string) {
    this.#startWorker = startWorker;
    this.#model = model;
  }

  /** The segmenter of a photo: encoded now, or kept from before. */
  async open(photo: Openable, following: Following = {}): Promise<RemoteSegmenter> {
    const before = this.#running && touch(this.#running.opened, photo.id);
    if (before) return before;
    following.progress?.(0);
    const picture = await photo.read();
    following.signal?.throwIfAborted();
    const running = this.#start();
    const impatience = this.#stopWhenDeaf(following.signal);
    try {
      const segmenter = await running.connection.open(picture, this.#model(), following);
      running.opened.set(photo.id, segmenter);
      closeUnused(running.opened);
      return segmenter;
    } finally {
      impatience.end();
    }
  }

  /** The segmenter of a photo, where it is open already. */
  opened(id: string): RemoteSegmenter | undefined {
    return this.#running?.opened.get(id);
  }

  /** Whether a photo is open. */
  has(id: string): boolean {
    return this.#running?.opened.has(id) ?? false;
  }

  /**
   * Open a photo ahead of time, where there is room for it beside those that are to be kept open.
   * When it is stopped, the worker is left alone: it answers what is more urgent in between.
   */
  async prepare(photo: Openable, { kept, signal }: Preparing): Promise<void> {
    const running = this.#running;
    if (!running || this.has(photo.id) || !hasRoom(running.opened, photo, kept)) return;
    const picture = await photo.read();
    signal.throwIfAborted();
    const segmenter = await running.connection.open(picture, this.#model(), { signal });
    // Opened meanwhile because somebody chose it.
    if (running.opened.has(photo.id)) return segmenter.close();
    for (const id of kept) touch(running.opened, id);
    running.opened.set(photo.id, segmenter);
    closeUnused(running.opened);
  }

  /** Free a photo that is no longer there. */
  close(id: string): void {
    const segmenter = this.#running?.opened.get(id);
    this.#running?.opened.delete(id);
    segmenter?.close().catch(() => {}); // a worker that stopped has freed it already
  }

  /** Stop the worker; what is under way rejects, and the next opening starts another. */
  stop(reason: string): void {
    const running = this.#running;
    this.#running = undefined;
    running?.worker.terminate();
    running?.connection.fail(new WorkerStopped(reason));
  }

  #start(): Running {
    if (this.#running) return this.#running;
    const worker = this.#startWorker();
    const connection = connectSegmenter({
      send: (message, transfer) => worker.postMessage(message, [...transfer]),
      receive: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    });
    const running: Running = { worker, connection, opened: new Map() };
    const broke = (reason: string): void => {
      if (this.#running === running) this.stop(reason);
    };
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      broke(event.message || "it could not be started");
    });
    worker.addEventListener("messageerror", () => broke("a message could not be read"));
    this.#running = running;
    return running;
  }

  #stopWhenDeaf(signal: AbortSignal | undefined): { end(): void } {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      timer = setTimeout(() => this.stop("cancelled"), PATIENCE_MS);
    };
    signal?.addEventListener("abort", wait, { once: true });
    return {
      end: () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wait);
      },
    };
  }
}

/** Make an opened photo the last used. */
function touch(opened: Map<string, RemoteSegmenter>, id: string): RemoteSegmenter | undefined {
  const segmenter = opened.get(id);
  if (!segmenter) return undefined;
  opened.delete(id);
  opened.set(id, segmenter);
  return segmenter;
}

function hasRoom(
  opened: ReadonlyMap<string, RemoteSegmenter>,
  photo: Size,
  kept: readonly string[],
): boolean {
  let pixels = photo.width * photo.height;
  for (const id of kept) {
    const { width, height } = opened.get(id) ?? { width: 0, height: 0 };
    pixels += width * height;
  }
  return pixels <= OPEN_PIXELS;
}

/** Close the longest unused until the rest fits; the newest always stays. */
function closeUnused(opened: Map<string, RemoteSegmenter>): void {
  let pixels = 0;
  for (const { width, height } of opened.values()) pixels += width * height;
  for (const [id, segmenter] of opened) {
    if (pixels <= OPEN_PIXELS || opened.size === 1) return;
    pixels -= segmenter.width * segmenter.height;
    opened.delete(id);
    segmenter.close().catch(() => {}); // a worker that stopped has freed it already
  }
}
