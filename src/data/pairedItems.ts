/** Items of pictures and masks in two folders, paired by name; what lacks its partner is told. */

import type { Truth } from "../clicks/truth.ts";
import { FormatError } from "../formats/formatError.ts";
import { type Item, unreadable } from "./dataSet.ts";
import { type DataFile, pictureAt, rasterAt } from "./decodeAt.ts";
import type { DataFolder, Raster } from "./edge.ts";
import { maskItems } from "./maskItems.ts";
import type { Pair } from "./pairsByName.ts";

/** Where pictures and masks lie, as paths inside the data set's folder; "" is the folder itself. */
export interface Places {
  readonly pictures: string;
  readonly masks: string;
}

/** One item per mask that is read by the convention of its set. */
export function conventionalItems(
  folder: DataFolder,
  places: Places,
  pairs: readonly Pair[],
  convention: (raster: Raster) => Truth,
): readonly Item[] {
  return pairs.map((pair) => {
    const files = filesOf(folder, places, pair);
    if ("fault" in files) return unreadable(pair.id, files.fault);
    return {
      id: pair.id,
      picture: pair.picture ?? pair.id,
      load: async () => ({
        picture: await pictureAt(folder, files.picture),
        truth: convention(await rasterAt(folder, files.mask)),
      }),
    };
  });
}

/** Items of masks that tell by themselves whether they hold one object or several. */
export async function* selfTellingItems(
  folder: DataFolder,
  places: Places,
  pairs: readonly Pair[],
): AsyncGenerator<Item> {
  for (const pair of pairs) {
    const files = filesOf(folder, places, pair);
    if ("fault" in files) yield unreadable(pair.id, files.fault);
    else {
      const items = maskItems(pair.id, files.mask, () => pictureAt(folder, files.picture), folder);
      for await (const item of items) yield { ...item, picture: pair.picture ?? pair.id };
    }
  }
}

type Files = { readonly picture: DataFile; readonly mask: DataFile } | { readonly fault: Error };

function filesOf(folder: DataFolder, { pictures, masks }: Places, pair: Pair): Files {
  const { picture, mask } = pair;
  const file = (place: string, name: string): DataFile => {
    const path = place === "" ? name : `${place}/${name}`;
    return { path, bytes: () => folder.read(path) };
  };
  if (picture !== undefined && mask !== undefined) {
    return { picture: file(pictures, picture), mask: file(masks, mask) };
  }
  const missing =
    mask === undefined
      ? `a mask ${file(masks, `${pair.id}.*`).path} for ${file(pictures, picture ?? pair.id).path}`
      : `a picture${pictures === "" ? "" : ` in ${pictures}/`} whose name ${file(masks, mask).path} has or begins with`;
  return { fault: new FormatError(`expected ${missing}, got none.`) };
}
