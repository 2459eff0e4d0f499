/** The worker's half: open pictures and answer sessions for whoever is on the other side. */

import type { Context, Model } from "../models/model.ts";
import type { Device } from "../runtime/device.ts";
import type { Port, Reply, Request } from "./messages.ts";
import { openPicture, type Segmenter } from "./segmenter.ts";

/** A model, and where its graphs run. */
export interface Equipment {
  readonly model: Model;
  readonly device: Pick<Device, "name" | "run" | "notes">;
}

/**
 * Answer requests on a port. Each request gets exactly one last reply: its answer or `failed`.
 *
 * @param port   The way to who asks.
 * @param equip  What a picture is opened with, by the name of the model: asked for every picture. It
 *   may report the share that is done of opening the picture as a whole, in [0, 1].
 * @param pause  Resolves when messages that wait have been received, so that a cancel is seen
 *   between two steps of a long computation; `setTimeout(resolve, 0)` does.
 */
export function serveSegmenter(
  port: Port,
  equip: (model: string, progress: (share: number) => void) => Promise<Equipment>,
  pause: () => Promise<void> = () => Promise.resolve(),
): void {
  const opened = new Map<number, Opened>();
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
    const turn = async (): Promise<void> => {
      await pause();
      abort.signal.throwIfAborted();
    };
    const following: Following = {
      runOn:
        ({ run }) =>
        async (graph, inputs) => {
          await turn();
          return run(graph, inputs);
        },
      signal: abort.signal,
      progress: (share) => port.send({ kind: "progress", id, share }, []),
    };
    try {
      await turn();
      const reply = await answerTo(request, following);
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
    following: Following,
  ): Promise<Reply> {
    const { id } = request;
    switch (request.kind) {
      case "open":
        return { kind: "opened", id, ...(await open(request, following)) };
      case "segment": {
        const { labels, mask, uncertainty } = await segment(request, following);
        return { kind: "segmented", id, labels, mask, uncertainty };
      }
      case "probability": {
        const plane = (await segment(request, following)).probability(request.label);
        return { kind: "probability", id, plane };
      }
      case "explain": {
        const { segmenter, context } = openedPicture(request, following);
        const { session, label } = request;
        return {
          kind: "explained",
          id,
          explanation: await segmenter.explain?.(session, label, context),
        };
      }
      case "preview": {
        const { segmenter } = openedPicture(request, following);
        return { kind: "previewed", id, plane: segmenter.preview?.(request.at) };
      }
      case "close":
        opened.delete(request.opened);
        return { kind: "closed", id };
      default:
        return request satisfies never;
    }
  }

  /** @returns what computes, and what was done otherwise than one would expect. */
  async function open(
    { id, picture, model: name }: Extract<Request, { kind: "open" }>,
    { runOn, signal, progress }: Following,
  ): Promise<{ readonly device: string; readonly notes: readonly string[] }> {
    let equipped = 0;
    const equipping = equip(name, (share) => {
      equipped = share;
      progress(share);
    });
    const { model, device } = await Promise.race([equipping, aborted(signal)]);
    const segmenter = await openPicture(picture, model, {
      run: runOn(device),
      signal,
      progress: (share) => progress(equipped + (1 - equipped) * share),
    });
    opened.set(id, { segmenter, device });
    return { device: device.name, notes: device.notes };
  }

  function segment(
    request: Extract<Request, { kind: "segment" | "probability" }>,
    following: Following,
  ) {
    const { segmenter, context } = openedPicture(request, following);
    return segmenter.segment(request.session, context);
  }

  function openedPicture(
    { kind, opened: id }: Extract<Request, { opened: number }>,
    { runOn, signal, progress }: Following,
  ): { readonly segmenter: Segmenter; readonly context: Context } {
    const picture = opened.get(id);
    if (!picture) {
      throw new RangeError(`${kind}: expected an opened picture, got ${id}. Open it first.`);
    }
    const { segmenter, device } = picture;
    return { segmenter, context: { run: runOn(device), signal, progress } };
  }
}

/** Rejects when a signal is aborted: what is being fetched is not stopped by it, only waited for no longer. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

interface Opened extends Pick<Equipment, "device"> {
  readonly segmenter: Segmenter;
}

/** How one request is followed and stopped. */
interface Following extends Required<Omit<Context, "run">> {
  /** Where graphs run, stopped with the request. */
  runOn(device: Equipment["device"]): Context["run"];
}

function buffers(reply: Reply): readonly ArrayBuffer[] {
  if (reply.kind === "segmented")
    return [reply.mask.data.buffer, reply.uncertainty.data.buffer] as ArrayBuffer[];
  if (reply.kind === "explained" && reply.explanation) {
    return [reply.explanation.shares.buffer] as ArrayBuffer[];
  }
  if (reply.kind === "previewed" && reply.plane) return [reply.plane.data.buffer] as ArrayBuffer[];
  if (reply.kind === "probability") return [reply.plane.data.buffer] as ArrayBuffer[];
  return [];
}
