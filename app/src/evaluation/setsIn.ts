/** The data sets of a folder, their pixels decoded by the browser. */

import { type DataSet, dataSetsIn, FormatError, type Picture, readRasterPng } from "maskwise";
import { pixelsOfBitmap } from "../files/shown.ts";
import { texts } from "../texts.ts";
import { type Folder, readable } from "./folder.ts";

/** @throws {Error} No set is there, or its index is damaged. */
export function setsIn(folder: Folder): Promise<readonly DataSet[]> {
  return dataSetsIn({
    ...readable(folder),
    decodePicture,
    // Browsers change the greys of some PNG, by their colour profiles; they leave other files alone.
    decodeRaster: async (bytes) =>
      bytes[0] === PNG ? readRasterPng(bytes) : { ...(await decodePicture(bytes)), channels: 3 },
  });
}

/** The first byte of every PNG. */
const PNG = 0x89;

async function decodePicture(bytes: Uint8Array): Promise<Picture & { readonly data: Uint8Array }> {
  let full: ImageBitmap;
  try {
    full = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
      imageOrientation: "from-image",
      premultiplyAlpha: "none",
    });
  } catch (cause) {
    throw new FormatError(texts.evaluation.notDecoded, { cause });
  }
  try {
    const picture = await pixelsOfBitmap(full);
    return { ...picture, data: Uint8Array.from(picture.data) };
  } finally {
    full.close();
  }
}
