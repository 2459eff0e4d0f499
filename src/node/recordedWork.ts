/** Masks with all that they were made from, kept so that they can be made again. */

import { basename } from "node:path";
import { annotationFormats, imageOfMask, type Work } from "../formats/index.ts";
import { type Segmentation, type Session, writeSession } from "../session/index.ts";
import { modelIdentity } from "./modelIdentity.ts";
import { stagedFiles } from "./stagedFiles.ts";

/**
 * Write the masks of one picture, their probabilities, the session and the model's name and hash in
 * Maskwise's own format; what was there is replaced when all is written.
 *
 * @param place A folder, or a name that ends in `.zip`.
 * @param model As `openModel` takes it.
 */
export async function recordWork(
  place: string,
  photo: string,
  session: Session,
  { labels, mask, probability }: Segmentation,
  model: string,
): Promise<void> {
  const named = labels.slice(1);
  const work: Work = {
    model: await modelIdentity(model),
    session: { ...writeSession(session) },
    probabilities: Object.fromEntries(named.map((label) => [label, probability(label)])),
  };
  const image = { ...imageOfMask(mask, { labels, picture: basename(photo) }), work };
  const set = { categories: named.map((name) => ({ name })), images: [image] };
  const staged = await stagedFiles(place, annotationFormats.maskwise.write(set), { replace: true });
  try {
    await staged.publish();
  } finally {
    await staged.discard();
  }
}
