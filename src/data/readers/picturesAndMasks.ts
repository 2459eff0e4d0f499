/**
 * People's own folders: pictures in `images/` with masks of their names in `masks/`, or both side by
 * side, the masks named `NAME.mask.png` as Maskwise saves them, or `NAME.labels.png`.
 */

import type { DataSet } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";
import { isIndexed, isLabelMap } from "../maskItems.ts";
import { type Places, selfTellingItems } from "../pairedItems.ts";
import { type Pair, pairsByName } from "../pairsByName.ts";
import { beginning } from "./beginning.ts";
import type { Reader } from "./reader.ts";

export const picturesAndMasks: Reader = {
  looksFor:
    "images/ and masks/ with files of the same names, or NAME.jpg beside NAME.mask.png or NAME.labels.png",
  recognises: async (folder) => (await layoutOf(folder)) !== undefined,
  sets: async (folder) => {
    const layout = await layoutOf(folder);
    return layout === undefined ? [] : [await setOf(folder, layout)];
  },
};

interface Layout {
  readonly places: Places;
  readonly pairs: readonly Pair[];
}

const APART: Places = { pictures: "images", masks: "masks" };
const TOGETHER: Places = { pictures: "", masks: "" };
const BESIDE = /\.(?:mask|labels)\.\w+$/i;

async function layoutOf(folder: DataFolder): Promise<Layout | undefined> {
  const pictures = await folder.list(APART.pictures);
  const masks = await folder.list(APART.masks);
  if (pictures.files.length > 0 && masks.files.length > 0) {
    return { places: APART, pairs: pairsByName(pictures.files, masks.files) };
  }
  const { files } = await folder.list("");
  const beside = files.filter((name) => BESIDE.test(name));
  if (beside.length === 0) return undefined;
  const rest = files.filter((name) => !BESIDE.test(name));
  return { places: TOGETHER, pairs: pairsByName(rest, beside) };
}

async function setOf(folder: DataFolder, { places, pairs }: Layout): Promise<DataSet> {
  return {
    name: folder.name,
    count: (await anyHoldsSeveral(folder, places, pairs)) ? undefined : pairs.length,
    items: () => selfTellingItems(folder, places, pairs),
  };
}

/** Whether some mask may hold several objects, so that there are more objects than masks. */
async function anyHoldsSeveral(
  folder: DataFolder,
  { masks }: Places,
  pairs: readonly Pair[],
): Promise<boolean> {
  for (const { mask } of pairs) {
    if (mask === undefined) continue;
    if (isLabelMap(mask)) return true;
    const path = masks === "" ? mask : `${masks}/${mask}`;
    if (isIndexed(await beginning(folder, path))) return true;
  }
  return false;
}
