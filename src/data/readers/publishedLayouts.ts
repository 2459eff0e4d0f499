/** Sets of pictures and masks as they are published, and people's own. */

import type { Truth } from "../../clicks/truth.ts";
import type { DataSet } from "../dataSet.ts";
import type { DataFolder, Raster } from "../edge.ts";
import { undecidedBand, unitedObjects } from "../maskConventions.ts";
import { conventionalItems, type Places } from "../pairedItems.ts";
import { pairsByName } from "../pairsByName.ts";
import type { Reader } from "./reader.ts";

export const grabCut: Reader = published({
  name: "grabcut",
  places: { pictures: "data_GT", masks: "boundary_GT" },
  convention: undecidedBand,
});

export const berkeley: Reader = published({
  name: "berkeley",
  places: { pictures: "images", masks: "masks" },
  convention: undecidedBand,
  folderName: /berkeley/i,
});

export const cocoMval: Reader = published({
  name: "coco_mval",
  places: { pictures: "img", masks: "gt" },
  convention: unitedObjects,
  folderName: /mval/i,
});

/** The 345 frames that papers use. */
export const davisFrames: Reader = published({
  name: "davis",
  places: { pictures: "img", masks: "gt" },
  convention: unitedObjects,
});

interface Layout {
  /** Of the set. */
  readonly name: string;
  readonly places: Places;
  readonly convention: (raster: Raster) => Truth;
  /** What the folder is called, where others are laid out alike. */
  readonly folderName?: RegExp;
}

function published({ name, places, convention, folderName }: Layout): Reader {
  const pairs = async (folder: DataFolder) => {
    const pictures = await folder.list(places.pictures);
    const masks = await folder.list(places.masks);
    return pairsByName(pictures.files, masks.files);
  };
  return {
    looksFor: `${places.pictures}/ and ${places.masks}/${folderName ? `, in a folder whose name has ${folderName.source}` : ""}`,
    recognises: async (folder) => {
      if (folderName !== undefined && !folderName.test(folder.name)) return false;
      const { folders } = await folder.list("");
      return folders.includes(places.pictures) && folders.includes(places.masks);
    },
    sets: async (folder): Promise<readonly DataSet[]> => {
      const all = await pairs(folder);
      if (all.length === 0) return [];
      const items = () => conventionalItems(folder, places, all, convention);
      return [{ name, count: all.length, items }];
    },
  };
}
