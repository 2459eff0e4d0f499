/** The page's half: a segmenter that looks as if it were here, and is in a worker. */

import type { Label } from "../clicks/prompts.ts";
import type { Mask, Picture, PixelPoint, Plane, Size } from "../image/pixels.ts";
import type { Explanation } from "../models/explanation.ts";
import type { Port, Reply, Request } from "./messages.ts";
import type { Session } from "./session.ts";

/** How to follow and stop one request. */
export interface Following {
  /** Called with the share done, in [0, 1]. */
  readonly progress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** What comes back for a session: a `Segmentation` whose probabilities are asked for apart. */
export interface RemoteSegmentation {
  readonly labels: readonly Label[];
  readonly mask: Mask;
  readonly uncertainty: Plane;
}

export interface RemoteSegmenter extends Size {
  /** Name of what computes, as shown to people. */
  readonly device: string;
  /** What was done otherwise than one would expect, a sentence each. */
  readonly notes: readonly string[];
  segment(session: Session, following?: Following): Promise<RemoteSegmentation>;
  probability(session: Session, label: Label, following?: Following): Promise<Plane>;
  /** As `Segmenter.explain`; `undefined` from a model that cannot tell. */
  explain(session: Session, label: Label, following?: Following): Promise<Explanation | undefined>;
  /** As `Segmenter.preview`; `undefined` from a model that has none. */
  preview(at: PixelPoint, following?: Following): Promise<Plane | undefined>;
  /** Free the picture on the other side. */
  close(): Promise<void>;
}

/** The other side, once connected. */
export interface Connection {
  /** Encode a picture there. Its bytes are copied. */
  open(picture: Picture, model: string, following?: Following): Promise<RemoteSegmenter>;
  /** Reject everything that is under way, for when the other side has died. */
  fail(error: Error): void;
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  readonly progress: ((share: number) => void) | undefined;
}

/** Connect to a port that `serveSegmenter` answers. */
export function connectSegmenter(port: Port): Connection {
  const waiting = new Map<number, Waiting>();
  let last = 0;

  port.receive((message) => {
    const reply = message as Reply;
    const asker = waiting.get(reply.id);
    if (!asker) return;
    if (reply.kind === "progress") return asker.progress?.(reply.share);
    waiting.delete(reply.id);
    if (reply.kind === "failed") asker.reject(named(reply.name, reply.message));
    else asker.resolve(reply);
  });

  function ask<Kind extends Reply["kind"]>(
    make: (id: number) => Request,
    kind: Kind,
    { progress, signal }: Following = {},
  ): Promise<Extract<Reply, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++last;
      const cancel = () => port.send({ kind: "cancel", id }, []);
      signal?.addEventListener("abort", cancel, { once: true });
      const settled = () => signal?.removeEventListener("abort", cancel);
      waiting.set(id, {
        progress,
        reject: (error) => {
          settled();
          reject(signal?.aborted ? signal.reason : error);
        },
        resolve: (reply) => {
          settled();
          if (isKind(reply, kind)) resolve(reply);
          else reject(new TypeError(`segmenter: expected a reply "${kind}", got "${reply.kind}".`));
        },
      });
      port.send(make(id), []);
    });
  }

  /** Apart from `open`, so that what is kept of a picture here is its size and not its pixels. */
  function segmenter(
    { id: opened, device, notes }: Extract<Reply, { kind: "opened" }>,
    { width, height }: Size,
  ): RemoteSegmenter {
    return {
      width,
      height,
      device,
      notes,
      segment: (session, here) =>
        ask((id) => ({ kind: "segment", id, opened, session }), "segmented", here),
      probability: async (session, label, here) => {
        const reply = await ask(
          (id) => ({ kind: "probability", id, opened, session, label }),
          "probability",
          here,
        );
        return reply.plane;
      },
      explain: async (session, label, here) => {
        const reply = await ask(
          (id) => ({ kind: "explain", id, opened, session, label }),
          "explained",
          here,
        );
        return reply.explanation;
      },
      preview: async (at, here) =>
        (await ask((id) => ({ kind: "preview", id, opened, at }), "previewed", here)).plane,
      close: async () => {
        await ask((id) => ({ kind: "close", id, opened }), "closed");
      },
    };
  }

  return {
    open: async (picture, model, following) => {
      const reply = await ask((id) => ({ kind: "open", id, picture, model }), "opened", following);
      return segmenter(reply, picture);
    },
    fail: (error) => {
      for (const asker of waiting.values()) asker.reject(error);
      waiting.clear();
    },
  };
}

function isKind<Kind extends Reply["kind"]>(
  reply: Reply,
  kind: Kind,
): reply is Extract<Reply, { kind: Kind }> {
  return reply.kind === kind;
}

function named(name: string, message: string): Error {
  const error = name === "RangeError" ? new RangeError(message) : new Error(message);
  error.name = name;
  return error;
}
