/** The thread that evaluates: it reads the files it is given and tells of each object. */

import {
  type Annotated,
  annotate,
  type Equipment,
  type Item,
  loadObject,
  openPicture,
  type Sample,
  type Skipped,
  sampleOf,
} from "maskwise";
import { equip } from "../engine/equip.ts";
import type { Folder } from "./folder.ts";
import { setsIn } from "./setsIn.ts";

export interface Order {
  readonly folder: Folder;
  readonly set: string;
  /** At most so many objects, the first ones. */
  readonly objects: number;
  readonly clicks: number;
  /** The name of the model. */
  readonly model: string;
}

export type Answer =
  /** The first answer: what computes. */
  | { readonly device: string }
  | { readonly sample: Sample }
  | { readonly skipped: Skipped }
  | { readonly error: string }
  /** The last answer, where nothing failed. */
  | { readonly done: true };

self.addEventListener("message", ({ data }: MessageEvent<Order>) => void serve(data));

async function serve(order: Order): Promise<void> {
  const answer = (one: Answer): void => self.postMessage(one);
  try {
    const equipment = await equip(order.model, () => {});
    answer({ device: equipment.device.name });
    const set = (await setsIn(order.folder)).find(({ name }) => name === order.set);
    let count = 0;
    for await (const item of set?.items() ?? []) {
      if (count++ >= order.objects) break;
      answer(await answerTo(item, order.clicks, equipment));
    }
    answer({ done: true });
  } catch (error) {
    answer({ error: messageOf(error) });
  }
}

async function answerTo(item: Item, clicks: number, { model, device }: Equipment): Promise<Answer> {
  let loaded: Annotated;
  try {
    loaded = await loadObject(item);
  } catch (error) {
    return { skipped: { id: item.id, reason: messageOf(error) } };
  }
  const annotation = await annotate(loaded, (picture) => openPicture(picture, model, device), {
    clicks,
    now: () => performance.now(),
  });
  return { sample: sampleOf(item.id, annotation) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
