/** What a data set needs from the platform it is read on; the edge hands it in. */

import type { Picture, Size } from "../image/pixels.ts";

/** A decoded picture file with its channels as they are stored, `[height, width, channels]`. */
export interface Raster extends Size {
  readonly channels: number;
  readonly data: Uint8Array;
}

export interface Edge {
  /** The bytes of a file, by its path inside the data set's folder. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** A photo, upright, in sRGB. */
  readonly decodePicture: (bytes: Uint8Array) => Promise<Picture>;
  /** A mask, 8 bits a channel, exactly as stored. */
  readonly decodeRaster: (bytes: Uint8Array) => Promise<Raster>;
}
