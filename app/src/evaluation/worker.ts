/** The thread that evaluates: it reads the files it is given and tells of each object. */

import {
  type Annotated,
  annotate,
  DEFAULT_MODEL,
  type Item,
  interpreterDevice,
  loadObject,
  model,
  openPicture,
  type Sample,
  type Skipped,
  sampleOf,
} from "maskwise";
import type { Folder } from "./folder.ts";
import { setsIn } from "./setsIn.ts";

export interface Order {
  readonly folder: Folder;
  readonly set: string;
  /** At most so many objects, the first ones. */
  readonly objects: number;
  readonly clicks: number;
}

export type Answer =
  | { readonly sample: Sample }
  | { readonly skipped: Skipped }
  | { readonly error: string }
  /** The last answer, where nothing failed. */
  | { readonly done: true };

const { run } = interpreterDevice();

self.addEventListener("message", ({ data }: MessageEvent<Order>) => void serve(data));

async function serve(order: Order): Promise<void> {
  const answer = (one: Answer): void => self.postMessage(one);
  try {
    const set = (await setsIn(order.folder)).find(({ name }) => name === order.set);
    let count = 0;
    for await (const item of set?.items() ?? []) {
      if (count++ >= order.objects) break;
      answer(await answerTo(item, order.clicks));
    }
    answer({ done: true });
  } catch (error) {
    answer({ error: messageOf(error) });
  }
}

async function answerTo(item: Item, clicks: number): Promise<Answer> {
  let loaded: Annotated;
  try {
    loaded = await loadObject(item);
  } catch (error) {
    return { skipped: { id: item.id, reason: messageOf(error) } };
  }
  const annotation = await annotate(
    loaded,
    (picture) => openPicture(picture, model(DEFAULT_MODEL), { run }),
    { clicks, now: () => performance.now() },
  );
  return { sample: sampleOf(item.id, annotation) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
