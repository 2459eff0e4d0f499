/**
 * Who segments for all clients: a few threads, each with the pictures it has encoded. What is asked
 * waits in a fair queue before the thread that holds the picture, and not for longer than it may.
 */

import type { Size } from "../../image/index.ts";
import type { Session } from "../../session/index.ts";
import { Refusal } from "../refusal.ts";
import type { Want } from "./answers.ts";
import { type FairQueue, fairQueue } from "./fairQueue.ts";
import { type Lane, lane, type SegmentingThread } from "./lane.ts";
import type { Answered, Report } from "./messages.ts";

export interface EngineOptions {
  /** Start a thread that `serveOrders`. */
  readonly start: () => SegmentingThread;
  readonly threads: number;
  /** Of all encoded pictures together. */
  readonly maxEncodedBytes: number;
  /** More requests than this do not wait at once. */
  readonly maxWaiting: number;
  /** Nor more than this of one client. */
  readonly maxWaitingEach: number;
  /** A request is given up after this, waiting included. */
  readonly answerMs: number;
}

/** A picture's file, and a name that says nothing but is the same for the same bytes. */
export interface PictureFile {
  readonly key: string;
  readonly bytes: Uint8Array;
}

interface Asked {
  readonly picture: PictureFile;
  readonly session: Session;
  /** The same for the same session. */
  readonly revision: string;
  readonly want: Want;
}

export interface Engine {
  /** Decode and encode a picture. @param by Whose turn it is. */
  open(picture: PictureFile, by: string, signal: AbortSignal): Promise<Size>;
  /** The mask of a session on a picture, or what else is wanted of it. */
  answer(asked: Asked, by: string, signal: AbortSignal): Promise<Answered>;
  /** Let go of what is encoded of a picture. */
  forget(key: string): void;
  /** Of this moment. */
  state(): EngineState;
  close(): Promise<void>;
}

interface EngineState {
  /** Requests that wait or are being worked on. */
  readonly underWay: number;
  /** About how many bytes encoded pictures hold. */
  readonly encodedBytes: number;
}

/** Work on a lane; it rejects with the signal's reason when nobody waits for it any more. */
interface Job {
  readonly key: string;
  readonly work: (on: Lane, signal: AbortSignal) => Promise<void>;
  readonly abort: AbortController;
}

interface Place {
  readonly lane: Lane;
  readonly queue: FairQueue<Job>;
  current: Job | undefined;
}

export function startEngine(options: EngineOptions): Engine {
  const { start, threads, maxEncodedBytes, maxWaiting, maxWaitingEach, answerMs } = options;
  const places: readonly Place[] = Array.from({ length: threads }, () => ({
    lane: lane({
      start,
      maxEncodedBytes: maxEncodedBytes / threads,
      patienceMs: answerMs,
    }),
    queue: fairQueue<Job>(),
    current: undefined,
  }));
  /** Where a picture is encoded or will be, while anybody waits for it. */
  const placeOf = new Map<string, { readonly place: Place; jobs: number }>();

  function load({ queue, current }: Place): number {
    return queue.size + (current ? 1 : 0);
  }

  function chosen(key: string): Place {
    const known = placeOf.get(key)?.place ?? places.find(({ lane }) => lane.sizeOf(key));
    return known ?? places.reduce((least, place) => (load(place) < load(least) ? place : least));
  }

  async function drain(place: Place): Promise<void> {
    if (place.current) return;
    for (let job = place.queue.next(); job; job = place.queue.next()) {
      place.current = job;
      await job.work(place.lane, job.abort.signal);
    }
    place.current = undefined;
  }

  function checkRoom(by: string): void {
    const waiting = places.reduce((sum, { queue }) => sum + queue.size, 0);
    const own = places.reduce((sum, { queue }) => sum + queue.sizeOf(by), 0);
    if (own >= maxWaitingEach) {
      throw new Refusal(
        429,
        `Expected at most ${maxWaitingEach} requests of one session that wait, got one more. Wait for answers before asking on.`,
      );
    }
    if (waiting >= maxWaiting) {
      throw new Refusal(
        429,
        `Expected at most ${maxWaiting} requests that wait, got one more. Ask again in a second.`,
      );
    }
  }

  /** Queue work on the lane of a picture, and wait for it until the signal or the time is over. */
  async function onLane<Value>(
    key: string,
    by: string,
    signal: AbortSignal,
    work: (on: Lane, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    signal.throwIfAborted();
    checkRoom(by);
    const place = chosen(key);
    const held = placeOf.get(key) ?? { place, jobs: 0 };
    held.jobs++;
    placeOf.set(key, held);
    let settled = (): void => {};
    return new Promise<Value>((resolve, reject) => {
      const abort = new AbortController();
      const job: Job = {
        key,
        abort,
        work: (on, until) => work(on, until).then(resolve, reject),
      };
      const giveUp = (reason: unknown): void => {
        place.queue.remove(by, job);
        abort.abort(reason);
        reject(reason);
      };
      const leave = () => giveUp(signal.reason);
      const timer = setTimeout(() => giveUp(late(answerMs)), answerMs);
      signal.addEventListener("abort", leave, { once: true });
      settled = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
      };
      place.queue.add(by, job);
      void drain(place);
    }).finally(() => {
      settled();
      held.jobs--;
      if (held.jobs === 0) placeOf.delete(key);
    });
  }

  return {
    open: (picture, by, signal) =>
      onLane(picture.key, by, signal, (on, until) => opened(on, picture, until)),
    answer: ({ picture, session, revision, want }, by, signal) =>
      onLane(picture.key, by, signal, async (on, until) => {
        await opened(on, picture, until);
        const report = await on.ask(
          (id) => ({ kind: "answer", id, picture: picture.key, session, revision, want }),
          until,
        );
        if (report.kind !== "answered") throw refused(report, "answer");
        const { bytes, mediaType, areas } = report;
        return { bytes, mediaType, areas };
      }),
    forget: (key) => {
      for (const { lane } of places) lane.forget(key);
    },
    state: () => ({
      underWay: places.reduce((sum, place) => sum + load(place), 0),
      encodedBytes: places.reduce((sum, { lane }) => sum + lane.encodedBytes(), 0),
    }),
    close: async () => {
      await Promise.all(places.map(({ lane }) => lane.close()));
    },
  };
}

/** Encode a picture where it is not encoded yet. */
async function opened(on: Lane, { key, bytes }: PictureFile, until: AbortSignal): Promise<Size> {
  const known = on.sizeOf(key);
  if (known) {
    on.use(key, known);
    return known;
  }
  const report = await on.ask((id) => ({ kind: "open", id, picture: key, bytes }), until);
  if (report.kind !== "opened") throw refused(report, "open");
  on.use(key, report.size);
  return report.size;
}

function late(ms: number): Refusal {
  return new Refusal(503, `Expected an answer within ${ms / 1000} s, got none. Ask again.`);
}

/** What a thread could not do, as an answer to who asked. */
function refused(report: Report, what: "open" | "answer"): Error {
  if (report.kind !== "failed") return new TypeError(`engine: got "${report.kind}".`);
  const { name, message } = report;
  if (name === "FormatError") return new Refusal(415, message);
  if (name === "RangeError") return new Refusal(what === "open" ? 413 : 400, message);
  return new Error(message);
}
