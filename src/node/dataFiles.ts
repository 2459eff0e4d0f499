/** The files of a data set's folder, decoded. */

import { join } from "node:path";
import sharp from "sharp";
import type { Edge } from "../data/index.ts";
import { FormatError } from "../formats/index.ts";
import { readBytes } from "./readBytes.ts";
import { readPicture } from "./readPicture.ts";

/** @param folder That the paths of the data set lie in. */
export function dataFiles(folder: string): Edge {
  return {
    read: (path) => readBytes("dataFiles", join(folder, path), "data"),
    decodePicture: (bytes) => readPicture(bytes),
    decodeRaster: async (bytes) => {
      try {
        const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
        return { width: info.width, height: info.height, channels: info.channels, data };
      } catch (cause) {
        throw new FormatError(
          `dataFiles: expected a mask that can be decoded, got "${(cause as Error).message}".`,
          { cause },
        );
      }
    },
  };
}
