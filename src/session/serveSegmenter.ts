/** The worker's half: open pictures and answer sessions for whoever is on the other side. */

import type { Context } from "../models/model.ts";
import { model } from "../models/table.ts";
import type { Port, Reply, Request } from "./messages.ts";
import { openPicture, type Segmenter } from "./segmenter.ts";

/**
 * Answer requests on a port. Each request gets exactly one last reply: its answer or `failed`.
 *
 * @param port   The way to who asks.
 * @param run    Where graphs run.
 * @param pause  Resolves when messages that wait have been received, so that a cancel is seen
 *   between two steps of a long computation; `setTimeout(resolve, 0)` does.
 */
export function serveSegmenter(
  port: Port,
  run: Context["run"],
  pause: () => Promise<void> = () => Promise.resolve(),
): void {
  const opened = new Map<number, Segmenter>();
  const underWay = new Map<number, AbortController>();

  port.receive((message) => {
    const request = message as Request;
    if (request.kind === "cancel") underWay.get(request.id)?.abort();
    else void answer(request);
  });

  async function answer(request: Exclude<Request, { kind: "cancel" }>): Promise<void> {
    const { id } = request;
    const abort = new AbortController();
    underWay.set(id, abort);
    const context: Context = {
      run: async (graph, inputs) => {
        await pause();
        abort.signal.throwIfAborted();
        return run(graph, inputs);
      },
      signal: abort.signal,
      progress: (share) => port.send({ kind: "progress", id, share }, []),
    };
    try {
      await pause();
      abort.signal.throwIfAborted();
      const reply = await answerTo(request, context);
      port.send(reply, buffers(reply));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      port.send({ kind: "failed", id, name, message }, []);
    } finally {
      underWay.delete(id);
    }
  }

  async function answerTo(
    request: Exclude<Request, { kind: "cancel" }>,
    context: Context,
  ): Promise<Reply> {
    const { id } = request;
    switch (request.kind) {
      case "open":
        opened.set(id, await openPicture(request.picture, model(request.model), context));
        return { kind: "opened", id };
      case "segment": {
        const { labels, mask, uncertainty } = await segment(request, context);
        return { kind: "segmented", id, labels, mask, uncertainty };
      }
      case "probability": {
        const plane = (await segment(request, context)).probability(request.label);
        return { kind: "probability", id, plane };
      }
      case "close":
        opened.delete(request.opened);
        return { kind: "closed", id };
      default:
        return request satisfies never;
    }
  }

  function segment(
    { opened: picture, session }: Extract<Request, { kind: "segment" | "probability" }>,
    context: Context,
  ) {
    const segmenter = opened.get(picture);
    if (!segmenter) {
      throw new RangeError(`segment: expected an opened picture, got ${picture}. Open it first.`);
    }
    return segmenter.segment(session, context);
  }
}

function buffers(reply: Reply): readonly ArrayBuffer[] {
  if (reply.kind === "segmented")
    return [reply.mask.data.buffer, reply.uncertainty.data.buffer] as ArrayBuffer[];
  if (reply.kind === "probability") return [reply.plane.data.buffer] as ArrayBuffer[];
  return [];
}
