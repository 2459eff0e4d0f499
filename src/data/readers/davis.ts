/** DAVIS as it is published, every frame: `JPEGImages/480p/bear/00000.jpg` and `Annotations/480p/bear/00000.png`. */

import { type DataSet, type Item, unreadable } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";
import { unitedObjects } from "../maskConventions.ts";
import { conventionalItems } from "../pairedItems.ts";
import { pairsByName } from "../pairsByName.ts";
import { davisFrames } from "./publishedLayouts.ts";
import type { Reader } from "./reader.ts";

export const davis: Reader = {
  looksFor: `JPEGImages/480p/ and Annotations/480p/ with a folder per sequence, or ${davisFrames.looksFor}`,
  recognises: async (folder) =>
    (await davisFrames.recognises(folder)) || (await resolutionsIn(folder)).length > 0,
  sets: async (folder) => {
    const frames = await davisFrames.sets(folder);
    const sets = (await resolutionsIn(folder)).map((resolution) => sequences(folder, resolution));
    return [...frames, ...sets];
  },
};

/** Folders of both photos and masks: VOC has folders of the first name, but none of the second. */
async function resolutionsIn(folder: DataFolder): Promise<readonly string[]> {
  const { folders } = await folder.list("JPEGImages");
  const masks = await folder.list("Annotations");
  return folders.filter((name) => masks.folders.includes(name));
}

function sequences(folder: DataFolder, resolution: string): DataSet {
  return {
    name: `davis_${resolution.toLowerCase()}`,
    count: undefined,
    items: () => frames(folder, resolution),
  };
}

async function* frames(folder: DataFolder, resolution: string): AsyncGenerator<Item> {
  const { folders } = await folder.list(`JPEGImages/${resolution}`);
  for (const sequence of folders) {
    const places = {
      pictures: `JPEGImages/${resolution}/${sequence}`,
      masks: `Annotations/${resolution}/${sequence}`,
    };
    const named = (item: Item): Item => ({
      ...item,
      id: `${sequence}/${item.id}`,
      picture: sequence,
    });
    try {
      const pictures = await folder.list(places.pictures);
      const masks = await folder.list(places.masks);
      const pairs = pairsByName(pictures.files, masks.files);
      yield* conventionalItems(folder, places, pairs, unitedObjects).map(named);
    } catch (error) {
      yield unreadable(sequence, error);
    }
  }
}
