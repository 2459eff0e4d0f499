/** Which JSON files hold objects as COCO has them, told by their beginnings. */

import { beginning } from "../beginning.ts";
import type { FileSource } from "../files.ts";

/** Files of COCO that hold something else than objects. */
const OTHERS = /(?:^|\/)(?:captions|person_keypoints|panoptic|stuff|image_info)_[^/]*$/;
/** Lists of objects, which other JSON has not so early. */
const LISTS = /^\s*\{[\s\S]*"(?:images|annotations|categories)"\s*:\s*\[/;

/** Indexes of Maskwise's own formats have such lists, too. */
const OWN = /^\s*\{\s*"format"\s*:\s*"maskwise /;

/** @param also What else must stand in the beginning. */
export async function cocoPaths(files: FileSource, also: RegExp = /^/): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of files.paths) {
    if (!path.toLowerCase().endsWith(".json") || OTHERS.test(path)) continue;
    const text = await beginning(files, path);
    if (LISTS.test(text) && !OWN.test(text) && also.test(text)) found.push(path);
  }
  return found;
}
