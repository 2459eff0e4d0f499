/** Pictures and masks by their paths; whatever is wrong with one is told with its path. */

import { FormatError } from "../formats/formatError.ts";
import type { Picture } from "../image/pixels.ts";
import type { Edge, Raster } from "./edge.ts";

/** A file that is read when somebody wants to see it. */
export interface DataFile {
  /** Its path, for messages. */
  readonly path: string;
  bytes(): Promise<Uint8Array>;
}

export async function pictureAt(edge: Edge, { path, bytes }: DataFile): Promise<Picture> {
  const read = await bytes();
  return toldAt(path, () => edge.decodePicture(read));
}

export async function rasterAt(edge: Edge, { path, bytes }: DataFile): Promise<Raster> {
  const read = await bytes();
  return toldAt(path, () => edge.decodeRaster(read));
}

/** Run a step; a fault in the bytes is told with the path of the file that they came from. */
export async function toldAt<Result>(
  path: string,
  step: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`${path}: ${cause.message}`, { cause });
  }
}
