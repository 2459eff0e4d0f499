/** An exported mask, saved beside its picture. */

import { lstat } from "node:fs/promises";
import { type FormatName, formats } from "../formats/index.ts";
import { maskPathFor, writeFileAtomically } from "../node/index.ts";
import { type OpenedPicture, stillThere } from "./pictures.ts";

/** Larger bodies are refused with 413: 64 MiB. */
export const MAX_MASK_BYTES: number = 64 * 2 ** 20;

/** Why a mask was not saved, as an HTTP status and a sentence. */
export interface NotSaved {
  readonly status: 404 | 409 | 415;
  readonly error: string;
}

/**
 * Save a mask beside its picture, whole or not at all; an earlier mask of the same name is
 * replaced, a picture never, and nothing outside the picture's folder is touched.
 *
 * @param pictures All that are open.
 * @returns the path written.
 */
export async function saveMask(
  picture: OpenedPicture,
  format: FormatName,
  body: Uint8Array,
  pictures: readonly OpenedPicture[],
): Promise<string | NotSaved> {
  if (!formats[format].recognises(body)) {
    return { status: 415, error: `mask: expected ${formats[format].words}, got something else.` };
  }
  const path = await stillThere(picture);
  if (path === undefined) {
    return { status: 404, error: `picture: "${picture.name}" is no longer where it was.` };
  }
  const paths = pictures.map((other) => other.path);
  const target = maskPathFor(path, format, paths);
  const there = await lstat(target).catch(() => undefined);
  if (paths.includes(target) || (there && !there.isFile())) {
    return {
      status: 409,
      error: `mask: expected a free name, got "${target}", which is a picture, a folder or a link. Rename it.`,
    };
  }
  await writeFileAtomically(target, body);
  return target;
}
