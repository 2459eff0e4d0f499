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

/** What lies directly in a folder, by name, sorted. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** A folder whose files are also listed, and read piece by piece. */
export interface DataFolder extends Edge {
  /** The folder's own name, without the way to it. */
  readonly name: string;
  /** What lies in a folder inside it ("" is the folder itself); where there is none, nothing does. */
  readonly list: (path: string) => Promise<Listing>;
  /** The bytes of a file that need not fit into memory. */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>;
}

/** A folder inside a folder. */
export function folderIn(folder: DataFolder, name: string): DataFolder {
  const inside = (path: string) => (path === "" ? name : `${name}/${path}`);
  return {
    ...folder,
    name,
    read: (path) => folder.read(inside(path)),
    list: (path) => folder.list(inside(path)),
    stream: (path) => folder.stream(inside(path)),
  };
}
