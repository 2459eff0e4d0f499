import type { DeviceName } from "../../node/index.ts";
import type { SegmentingThread } from "../../server/index.ts";
import { startThread } from "../startThread.ts";

/** What a thread is started with. */
export interface ThreadOrder {
  /** A name or a file. */
  readonly model: string;
  readonly device: DeviceName | undefined;
  /** How many threads of its own a device computes on. */
  readonly threads: number;
  readonly maxMegapixels: number;
}

/** A thread that segments, as the server wants it. */
export function startSegmentingThread(order: ThreadOrder): SegmentingThread {
  const { worker, unlessEnded } = startThread(
    new URL("./segmentingThread.ts", import.meta.url),
    order,
  );
  return {
    send: (message, transfer) => worker.postMessage(message, [...transfer]),
    receive: (listener) => void worker.on("message", listener),
    ended: unlessEnded(new Promise<never>(() => {})).catch((reason: unknown) => reason),
    stop: async () => void (await worker.terminate()),
  };
}
