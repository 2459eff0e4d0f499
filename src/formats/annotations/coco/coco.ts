/**
 * COCO JSON and LVIS: one file with images, categories and annotations. Masks are run lengths, exact;
 * holes of polygons are kept by a bridge of no width.
 *
 * @see https://cocodataset.org/#format-data
 * @see https://www.lvisdataset.org/dataset
 */

import { FormatError } from "../../formatError.ts";
import type { AnnotationFormat } from "../annotationFormat.ts";
import type { FileSource } from "../files.ts";
import { cocoPaths } from "./cocoPaths.ts";
import { readCocoSet } from "./readCocoSet.ts";
import { type CocoDialect, writeCocoSet } from "./writeCocoSet.ts";

export const coco: AnnotationFormat = {
  words: "COCO JSON",
  extension: ".json",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: false },
  recognises: async (files) => (await cocoPaths(files)).length > 0,
  read: async (files, options = {}) => readCocoSet(files, await onePath(files, "COCO"), options),
  write: (set, options = {}) => writeCocoSet("annotations.json", set, options),
};

const LVIS: CocoDialect = {
  // Its photos are COCO's, and are found by the last two parts of an address.
  image: (name) => ({
    coco_url: `http://images.cocodataset.org/${name}`,
    neg_category_ids: [],
    not_exhaustive_category_ids: [],
  }),
  category: (name) => ({ synset: name, synonyms: [name], def: "", frequency: "r" }),
};

/** Names and keys that no other dialect has. */
const LVIS_FILE = /(?:^|\/)lvis[^/]*\.json$/i;
const LVIS_KEYS = /"(?:neg_category_ids|not_exhaustive_category_ids|synset)"\s*:/;

export const lvis: AnnotationFormat = {
  words: "LVIS JSON",
  extension: ".json",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: false },
  recognises: async (files) => {
    const paths = await cocoPaths(files);
    if (paths.some((path) => LVIS_FILE.test(path))) return true;
    return (await cocoPaths(files, LVIS_KEYS)).length > 0;
  },
  read: async (files, options = {}) => readCocoSet(files, await onePath(files, "LVIS"), options),
  write: (set, options = {}) => writeCocoSet("lvis.json", set, options, LVIS),
};

async function onePath(files: FileSource, format: string): Promise<string> {
  const paths = await cocoPaths(files);
  if (paths.length === 1) return paths[0];
  throw new FormatError(
    paths.length === 0
      ? `expected a file of ${format} JSON, got none among ${files.paths.length} files. It has lists of images, categories and annotations.`
      : `expected one file of ${format} JSON, got ${paths.length} (${paths.slice(0, 4).join(", ")}). Name one of them.`,
  );
}
