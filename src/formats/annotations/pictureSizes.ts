/** How large the pictures among some files are, by their headers. */

import { imageSize } from "image-size";
import type { Size } from "../../image/pixels.ts";
import { tiffKind } from "../samples/tiffSamples.ts";
import type { FileSource } from "./files.ts";

const PICTURE = /\.(?:jpe?g|png|webp|tiff?|avif|gif|bmp)$/i;
/** A camera's thumbnail and profile come before a JPEG says its size. */
const HEADER_BYTES = 1 << 19;
/** Orientations of EXIF in which a picture lies on its side. */
const SIDEWAYS = 5;

/** Upright sizes by path. What is no picture, or damaged, is left out. */
export async function pictureSizes(files: FileSource): Promise<ReadonlyMap<string, Size>> {
  const sizes = new Map<string, Size>();
  for (const path of files.paths) {
    if (!PICTURE.test(path)) continue;
    const size = (await sizeOf(files, path)) ?? (await sizeOfTiff(files, path));
    if (size !== undefined) sizes.set(path, size);
  }
  return sizes;
}

/** A TIFF may say how large it is at its end. */
async function sizeOfTiff(files: FileSource, path: string): Promise<Size | undefined> {
  if (!/\.tiff?$/i.test(path)) return undefined;
  const kind = await tiffKind(await files.read(path));
  return kind && { width: kind.width, height: kind.height };
}

async function sizeOf(files: FileSource, path: string): Promise<Size | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of files.stream(path)) {
    pieces.push(piece);
    length += piece.length;
    const size = length >= 1 << 16 || length === piece.length ? sizeIn(pieces, length) : undefined;
    if (size !== undefined || length > HEADER_BYTES) return size;
  }
  return sizeIn(pieces, length);
}

function sizeIn(pieces: readonly Uint8Array[], length: number): Size | undefined {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (width < 1 || height < 1) return undefined;
    return orientation >= SIDEWAYS ? { width: height, height: width } : { width, height };
  } catch {
    // Not yet enough of it, or no picture.
    return undefined;
  }
}
