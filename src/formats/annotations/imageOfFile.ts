/** Which image a file of annotations is of, and where the annotations of an image go. */

import type { Size } from "../../image/pixels.ts";
import type { ImageInfo, ReadOptions } from "./annotationFormat.ts";
import { type FileSource, stem } from "./files.ts";
import { pictureSizes } from "./pictureSizes.ts";

/** Folders that only say what kind of files is in them. */
const KINDS: ReadonlySet<string> = new Set([
  ...["images", "labels", "annotations", "masks", "jpegimages"],
  ...["segmentationclass", "segmentationobject"],
]);

/** A path without its ending and the folders that only say what is in them. */
export function bareStem(path: string): string {
  const parts = stem(path)
    .replace(/[._-]mask$/i, "")
    .split("/");
  const [file] = parts.splice(-1);
  return [...parts.filter((part) => !KINDS.has(part.toLowerCase())), file].join("/");
}

export interface KnownImage extends ImageInfo {
  readonly name: string;
}

/**
 * The image that a file is of, by its bare stem; `undefined` where no image is known that it fits.
 * Known are those that the caller names, otherwise the pictures among the files.
 */
export async function imageFinder(
  files: FileSource,
  { images }: ReadOptions,
): Promise<(path: string) => KnownImage | undefined> {
  const known: ReadonlyMap<string, ImageInfo> = images ?? withoutKinds(await pictureSizes(files));
  const byStem = new Map<string, KnownImage>();
  for (const [name, { width, height, georeference }] of known) {
    const image = { name, width, height, ...(georeference && { georeference }) };
    byStem.set(bareStem(name), image);
  }
  return (path) => byStem.get(bareStem(path));
}

/** `images/cat.jpg` is the image `cat.jpg`. */
function withoutKinds(sizes: ReadonlyMap<string, Size>): ReadonlyMap<string, Size> {
  return new Map(
    [...sizes].map(([path, size]) => {
      const ending = path.slice(stem(path).length);
      return [`${bareStem(path)}${ending}`, size];
    }),
  );
}

/** Paths for the annotations of images: `cat.jpg` to `cat.json`, or `cat.jpg.json` where that is taken. */
export function pathsFor(ending: string): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const short = `${stem(name)}${ending}`;
    const path = taken.has(short) ? `${name}${ending}` : short;
    taken.add(path);
    return path;
  };
}
