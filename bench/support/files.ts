import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { Edge } from "../../src/data/index.ts";
import { readPicture } from "../../src/node/index.ts";

/** The files of a data set's folder, decoded. */
export function filesOf(folder: string): Edge {
  return {
    read: (path) => readFile(join(folder, path)),
    decodePicture: (bytes) => readPicture(bytes),
    decodeRaster: async (bytes) => {
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, channels: info.channels, data };
    },
  };
}
