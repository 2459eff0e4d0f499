/** The thread's half: pictures are decoded and encoded here, sessions answered, masks written. */

import { UNSURE } from "../../image/index.ts";
import type { Model } from "../../models/index.ts";
import { readPicture } from "../../node/index.ts";
import type { Device } from "../../runtime/index.ts";
import {
  leavingUnsure,
  openPicture,
  type Segmentation,
  type Segmenter,
} from "../../session/index.ts";
import { writeAnswer } from "./answers.ts";
import type { Answered, Order, Report, ThreadPort } from "./messages.ts";

export interface Workplace {
  readonly model: Model;
  readonly run: Device["run"];
  /** Larger pictures are refused before they are decoded. */
  readonly maxMegapixels: number;
}

interface Opened {
  readonly segmenter: Segmenter;
  /** What was found last: asked for in another format, it is not searched for again. */
  last: { readonly revision: string; readonly found: Segmentation } | undefined;
}

export function serveOrders(port: ThreadPort<Report, Order>, workplace: Workplace): void {
  const opened = new Map<string, Opened>();
  const underWay = new Map<number, AbortController>();

  port.receive((order) => {
    if (order.kind === "cancel") underWay.get(order.id)?.abort();
    else if (order.kind === "forget") opened.delete(order.picture);
    else void report(order);
  });

  async function report(order: Extract<Order, { kind: "open" | "answer" }>): Promise<void> {
    const { id } = order;
    const abort = new AbortController();
    underWay.set(id, abort);
    try {
      if (order.kind === "open") {
        const { width, height } = await open(order, abort.signal);
        port.send({ kind: "opened", id, size: { width, height } }, []);
      } else {
        const answered = await answer(order, abort.signal);
        const bytes = own(answered.bytes);
        port.send({ kind: "answered", id, ...answered, bytes }, [bytes.buffer]);
      }
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      port.send({ kind: "failed", id, name, message }, []);
    } finally {
      underWay.delete(id);
    }
  }

  /** Between two graphs messages that wait are received, so that a cancel is seen. */
  function runUntil(signal: AbortSignal): Device["run"] {
    return async (graph, inputs) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      return workplace.run(graph, inputs);
    };
  }

  async function open(
    { picture: name, bytes }: Extract<Order, { kind: "open" }>,
    signal: AbortSignal,
  ): Promise<Segmenter> {
    const { model, maxMegapixels } = workplace;
    const picture = await readPicture(bytes, { maxMegapixels, name: "the request's body" });
    const segmenter = await openPicture(picture, model, { run: runUntil(signal), signal });
    opened.set(name, { segmenter, last: undefined });
    return segmenter;
  }

  async function answer(
    { picture, session, revision, want }: Extract<Order, { kind: "answer" }>,
    signal: AbortSignal,
  ): Promise<Answered> {
    const known = opened.get(picture);
    if (!known) throw new RangeError(`answer: expected an opened picture, got "${picture}".`);
    if (known.last?.revision !== revision) {
      const found = await known.segmenter.segment(session, { run: runUntil(signal), signal });
      known.last = { revision, found };
    }
    const { found } = known.last;
    const unsure = want.kind === "mask" ? want.unsure : undefined;
    const given = unsure === undefined ? found : leavingUnsure(found, unsure);
    return { ...(await writeAnswer(given, want)), areas: areas(given) };
  }
}

function areas({ labels, mask }: Segmentation): Answered["areas"] {
  const pixels = new Uint32Array(UNSURE + 1);
  for (const label of mask.data) pixels[label]++;
  return labels.map((label, i) => ({ label, pixels: pixels[i] }));
}

/** Bytes with a buffer of their own, which can be handed over whole. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}
