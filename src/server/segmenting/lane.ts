/**
 * One thread that segments, asked one thing at a time, and the pictures that it holds encoded: those
 * used last, up to a number of bytes. A thread that dies, or does not stop when it is told to, is
 * replaced; the pictures are encoded again when they are asked about.
 */

import type { Size } from "../../image/index.ts";
import { Refusal } from "../refusal.ts";
import type { Order, Report, ThreadPort } from "./messages.ts";

export interface SegmentingThread extends ThreadPort<Order, Report> {
  /** Resolves with the reason when it has ended, whatever ended it. */
  readonly ended: Promise<unknown>;
  /** End it, whatever it does. */
  stop(): Promise<void>;
}

export interface LaneOptions {
  readonly start: () => SegmentingThread;
  /** Of encoded pictures. One is always kept, however large. */
  readonly maxEncodedBytes: number;
  /** How long a thread may take to stop with something before it is replaced. */
  readonly patienceMs: number;
}

export interface Lane {
  /** How many bytes the pictures hold that are encoded here, about. */
  encodedBytes(): number;
  /** The size of a picture that is encoded here. */
  sizeOf(picture: string): Size | undefined;
  /** A picture is encoded here, and used now; those that have not been used for longest make room. */
  use(picture: string, size: Size): void;
  forget(picture: string): void;
  /** Ask for one thing; rejects where the thread ends. Resolves only when the thread is free again. */
  ask(make: (id: number) => AskOrder, signal: AbortSignal): Promise<Report>;
  close(): Promise<void>;
}

type AskOrder = Extract<Order, { readonly id: number; readonly picture: string }>;

/**
 * What an encoded picture holds per pixel: the picture (3 bytes), its last mask (1) and how sure
 * that is (4), and where the colour model encodes, its guide; and for what has a fixed size. An
 * estimate from what is kept, on the high side; it bounds how many pictures stay encoded.
 */
const BYTES_PER_PIXEL = 16;
const BYTES_PER_PICTURE = 12 * 2 ** 20;

export function lane({ start, maxEncodedBytes, patienceMs }: LaneOptions): Lane {
  // The least recently used first.
  const encoded = new Map<string, Size>();
  let thread: SegmentingThread | undefined;
  let waiting: Waiting | undefined;
  let lastId = 0;
  let isClosed = false;

  function started(): SegmentingThread {
    if (isClosed) throw new Refusal(503, "The server is stopping.");
    if (thread !== undefined) return thread;
    const own = start();
    thread = own;
    own.receive((report) => {
      if (report.id === waiting?.id) waiting.resolve(report);
    });
    void own.ended.then((reason) => {
      if (thread !== own) return;
      thread = undefined;
      encoded.clear();
      const why = reason instanceof Error ? reason.message : String(reason);
      waiting?.reject(
        new Refusal(503, `The thread that worked on this ended (${why}). Ask again.`),
      );
    });
    return own;
  }

  function encodedBytes(): number {
    return [...encoded.values()].reduce((sum, size) => sum + bytesOf(size), 0);
  }

  function forget(picture: string): void {
    if (encoded.delete(picture)) thread?.send({ kind: "forget", picture }, []);
  }

  async function ask(make: (id: number) => AskOrder, signal: AbortSignal): Promise<Report> {
    signal.throwIfAborted();
    const own = started();
    const id = ++lastId;
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      own.send({ kind: "cancel", id }, []);
      patience = setTimeout(() => void own.stop(), patienceMs).unref();
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<Report>((resolve, reject) => {
        waiting = { id, resolve, reject };
        own.send(make(id), []);
      });
    } finally {
      waiting = undefined;
      clearTimeout(patience);
      signal.removeEventListener("abort", cancel);
    }
  }

  return {
    encodedBytes,
    sizeOf: (picture) => encoded.get(picture),
    forget,
    ask,
    use: (picture, size) => {
      encoded.delete(picture);
      encoded.set(picture, size);
      for (const [oldest] of encoded) {
        if (oldest === picture || encodedBytes() <= maxEncodedBytes) break;
        forget(oldest);
      }
    },
    close: async () => {
      isClosed = true;
      await thread?.stop();
    },
  };
}

interface Waiting {
  readonly id: number;
  resolve(report: Report): void;
  reject(error: Error): void;
}

function bytesOf({ width, height }: Size): number {
  return BYTES_PER_PICTURE + BYTES_PER_PIXEL * width * height;
}
