/** The thread that evaluates: it reads the files it is given and tells of each object. */

import {
  annotate,
  DEFAULT_MODEL,
  type EvaluationRow,
  evaluationSamples,
  interpreterDevice,
  model,
  openPicture,
  type Picture,
  readRasterPng,
  type Sample,
  type Skipped,
  sampleOf,
} from "maskwise";
import { pixelsOf } from "../files/decodePhoto.ts";
import { FileProblem } from "../files/fileProblem.ts";
import { texts } from "../texts.ts";
import { type Folder, readFrom } from "./folder.ts";

export interface Order {
  readonly folder: Folder;
  readonly rows: readonly EvaluationRow[];
  readonly clicks: number;
}

export type Answer =
  | { readonly sample: Sample }
  | { readonly skipped: Skipped }
  | { readonly error: string };

const { run } = interpreterDevice();

self.addEventListener("message", ({ data }: MessageEvent<Order>) => void serve(data));

async function serve({ folder, rows, clicks }: Order): Promise<void> {
  for (const row of rows) self.postMessage(await answerTo(row, folder, clicks));
}

async function answerTo(row: EvaluationRow, folder: Folder, clicks: number): Promise<Answer> {
  const edge = {
    read: readFrom(folder),
    decodePicture,
    decodeRaster: async (bytes: Uint8Array) => readRasterPng(bytes),
  };
  const samples = evaluationSamples([row], edge);
  let item: Awaited<ReturnType<typeof samples.next>>;
  try {
    item = await samples.next();
  } catch (error) {
    return { skipped: { id: row.id, reason: messageOf(error) } };
  }
  try {
    const annotation = await annotate(
      item.value,
      (picture) => openPicture(picture, model(DEFAULT_MODEL), { run }),
      { clicks, now: () => performance.now() },
    );
    return { sample: sampleOf(row.id, annotation) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  let full: ImageBitmap;
  try {
    full = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
      imageOrientation: "from-image",
      premultiplyAlpha: "none",
    });
  } catch {
    throw new FileProblem(texts.evaluation.notDecoded);
  }
  const { width, height } = full;
  try {
    return await pixelsOf({ width, height, full, reduced: undefined });
  } finally {
    full.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
