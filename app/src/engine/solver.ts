/** From the newest session on a photo to its mask, with everything said on the way. */

import type { RemoteSegmentation, Session } from "maskwise";
import { saysSomething } from "../state/saysSomething.ts";
import { type Engine, type Openable, WorkerStopped } from "./engine.ts";
import { latest } from "./latest.ts";

/** "This is the photo and this is what was said about it." */
export interface Wish {
  readonly photo: Openable;
  readonly session: Session;
}

/** Who is told what happens, in this order for one wish; the last three end it. */
export interface Listener {
  opening(share: number): void;
  /** What computes, and what was done otherwise than one would expect. */
  opened(device: string, notes: readonly string[]): void;
  solving(): void;
  /** The worker broke; it is being started again with the same wish. */
  restarting(reason: string): void;
  /** The mask; `undefined` while nothing is said that a mask could follow from. */
  solved(wish: Wish, segmentation: RemoteSegmentation | undefined): void;
  cancelled(wish: Wish): void;
  failed(wish: Wish, error: Error): void;
}

export interface Solver {
  /** Clicks made while a mask is worked out wait; only the newest session is then solved. */
  ask(wish: Wish): void;
  /** Stop what is under way and forget what waits; the next `ask` starts again. */
  cancel(): void;
  /** Resolves when the newest wish has been dealt with. */
  settled(): Promise<void>;
}

export function solver(engine: Engine, listener: Listener): Solver {
  let underWay: { readonly wish: Wish; readonly abort: AbortController } | undefined;

  const queue = latest<Wish>(async (wish) => {
    const abort = new AbortController();
    underWay = { wish, abort };
    try {
      await attempt(wish, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) {
        if (!queue.isWaiting()) listener.cancelled(wish);
      } else if (error instanceof WorkerStopped) {
        await again(wish, abort.signal, error);
      } else {
        listener.failed(wish, asError(error));
      }
    } finally {
      underWay = undefined;
    }
  });

  async function attempt(wish: Wish, signal: AbortSignal): Promise<void> {
    const segmenter = await engine.open(wish.photo, {
      signal,
      progress: (share) => listener.opening(share),
    });
    listener.opened(segmenter.device, segmenter.notes);
    // What was said while the photo was being opened waits already, and this session is out of date.
    if (queue.isWaiting()) return;
    if (!saysSomething(wish.session)) return listener.solved(wish, undefined);
    listener.solving();
    listener.solved(wish, await segmenter.segment(wish.session, { signal }));
  }

  /** Once more with a fresh worker. A second failure is for a person to decide on. */
  async function again(wish: Wish, signal: AbortSignal, { message }: Error): Promise<void> {
    listener.restarting(message);
    try {
      await attempt(wish, signal);
    } catch (error) {
      if (!signal.aborted) listener.failed(wish, asError(error));
      else if (!queue.isWaiting()) listener.cancelled(wish);
    }
  }

  return {
    ask(wish) {
      if (underWay && underWay.wish.photo.id !== wish.photo.id) underWay.abort.abort();
      queue.ask(wish);
    },
    cancel() {
      queue.forget();
      underWay?.abort.abort();
    },
    settled: queue.settled,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
