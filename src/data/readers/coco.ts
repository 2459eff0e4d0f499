/**
 * COCO and LVIS: JSON with `images` and `annotations`, polygons or run lengths, and photos beside it.
 * Every annotation is an object; a crowd is none. The JSON is read as it streams: only the list of
 * images is held.
 */

import { type DataFolder, folderIn } from "../edge.ts";
import { beginningText } from "./beginning.ts";
import { cocoSet } from "./cocoSet.ts";
import type { Reader } from "./reader.ts";

export const coco: Reader = {
  looksFor:
    "annotations/*.json or *.json with images and annotations, the photos in a folder named like it (instances_val2017.json: val2017/), in images/, or beside it",
  recognises: async (folder) => (await filesOf(folder)).length > 0,
  sets: async (folder) => (await filesOf(folder)).map((path) => cocoSet(folder, path)),
};

export const lvis: Reader = {
  looksFor: "lvis_*.json, also in annotations/, and the photos of COCO in train2017/ and val2017/",
  recognises: async (folder) => {
    const files = await filesOf(folder);
    return files.length > 0 && files.every(isLvis);
  },
  sets: async (folder) =>
    (await filesOf(folder)).filter(isLvis).map((path) => cocoSet(folder, path)),
};

/** Files of COCO that hold something else than objects. */
const OTHERS = /^(?:captions|person_keypoints|panoptic|stuff|image_info)_/;
/** JSON of COCO shows its lists early; a report or a settings file has none of these names. */
const LISTS = /"(?:images|annotations)"\s*:\s*\[/;

async function filesOf(folder: DataFolder): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [within, prefix] of [
    [folder, ""],
    [folderIn(folder, "annotations"), "annotations/"],
  ] as const) {
    for (const name of (await within.list("")).files) {
      if (!name.endsWith(".json") || OTHERS.test(name)) continue;
      if (LISTS.test(await beginningText(within, name))) found.push(`${prefix}${name}`);
    }
  }
  return found;
}

function isLvis(path: string): boolean {
  return /(?:^|\/)lvis_[^/]*$/.test(path);
}
