/** Where the photos of a COCO file lie: the JSON gives names, and people unpack them in several ways. */

import { FormatError } from "../../formats/formatError.ts";
import type { DataFolder } from "../edge.ts";

/** The path, inside the folder, of a photo that the JSON names. */
export type PhotoFinder = (file: string) => Promise<string>;

/**
 * The first photo that is found decides for all.
 *
 * @param json The path of the JSON inside the folder.
 * @param name The name of its set: `val2017`, `lvis_v1_val`.
 */
export function photosOf(folder: DataFolder, json: string, name: string): PhotoFinder {
  const beside = json.includes("/") ? json.slice(0, json.lastIndexOf("/") + 1) : "";
  const places = [`${name}/`, `images/${name}/`, "images/", "", `${beside}images/`, beside];
  const lists = new Map<string, Promise<ReadonlySet<string>>>();
  const filesIn = (place: string) => {
    const known = lists.get(place);
    if (known !== undefined) return known;
    const listed = folder.list(place).then(({ files }) => new Set(files));
    lists.set(place, listed);
    return listed;
  };
  let decided: string | undefined;
  return async (file) => {
    if (decided !== undefined) return `${decided}${file}`;
    for (const place of places) {
      const path = `${place}${file}`;
      const end = path.lastIndexOf("/");
      const files = await filesIn(path.slice(0, Math.max(0, end)));
      if (!files.has(path.slice(end + 1))) continue;
      decided = place;
      return path;
    }
    const looked = [...new Set(places)].map((place) => `${place}${file}`).join(", ");
    throw new FormatError(`expected the photo ${file} at one of ${looked}, got none.`);
  };
}
