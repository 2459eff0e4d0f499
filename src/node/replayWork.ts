/** Say again what was said, and see whether the same masks come of it. */

import { join } from "node:path";
import {
  type AnnotatedImage,
  annotationFormats,
  FormatError,
  imageOfMask,
  type Kept,
  whatWasKept,
} from "../formats/index.ts";
import { openPicture, readSession } from "../session/index.ts";
import { annotationFiles } from "./annotationFiles.ts";
import { deviceFor } from "./deviceFor.ts";
import { modelIdentity } from "./modelIdentity.ts";
import type { DeviceName } from "./openDevice.ts";
import { openModel } from "./openModel.ts";
import { readPicture } from "./readPicture.ts";

export interface Replayed {
  readonly image: string;
  /** Whether every mask and every probability is the same; absent where nothing was kept to be said. */
  readonly isSame?: boolean;
  readonly kept: readonly Kept[];
}

export interface ReplayOptions {
  /** Where the pictures are, by their names. */
  readonly images: string;
  /** @default as `deviceFor` */
  readonly device?: DeviceName;
}

/**
 * Make the masks of Maskwise's own files again, one image after another.
 *
 * @param place A folder, or an archive of such.
 * @throws {FormatError} Damaged, or made by a model with other weights than the one here.
 */
export async function* replayWork(
  place: string,
  { images, device }: ReplayOptions,
): AsyncGenerator<Replayed> {
  const set = await annotationFormats.maskwise.read(await annotationFiles(place));
  for await (const image of set.images) {
    if (image.work === undefined) yield { image: image.name, kept: [] };
    else yield await replayed(image, image.work, images, device);
  }
}

async function replayed(
  image: AnnotatedImage,
  { model, session: document }: NonNullable<AnnotatedImage["work"]>,
  images: string,
  deviceName: DeviceName | undefined,
): Promise<Replayed> {
  const session = readSession(document, image.name);
  const here = await modelIdentity(model.name);
  if (here.sha256 !== model.sha256) {
    throw new FormatError(
      `replay: expected the model "${model.name}" with the hash ${model.sha256 ?? "of none"}, got ${here.sha256 ?? "one without weights"}. Take the weights that the masks were made with.`,
    );
  }
  const picture = await readPicture(join(images, image.name));
  const device = await deviceFor(model.name, deviceName);
  try {
    const segmenter = await openPicture(picture, await openModel(model.name), { run: device.run });
    const { mask, labels, probability } = await segmenter.segment(session);
    const again = imageOfMask(mask, { labels, picture: image.name });
    const probabilities = Object.fromEntries(
      labels.slice(1).map((label) => [label, probability(label)]),
    );
    const made = { ...again, work: { model, session: document, probabilities } };
    const kept = await whatWasKept(
      { categories: [], images: [image] },
      { categories: [], images: [made] },
    );
    return { image: image.name, isSame: kept.every((line) => line.kept === line.total), kept };
  } finally {
    await device.dispose();
  }
}
