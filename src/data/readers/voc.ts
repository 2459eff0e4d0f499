/**
 * PASCAL VOC: photos in `JPEGImages/`, indexed masks in `SegmentationObject/`, lists of names in
 * `ImageSets/Segmentation/`. Every instance is an object; the band around them (255) is ignored.
 */

import { readIndexedPng } from "../../formats/indexedPng.ts";
import { type DataSet, type Item, unreadable } from "../dataSet.ts";
import { pictureAt, toldAt } from "../decodeAt.ts";
import { type DataFolder, folderIn } from "../edge.ts";
import { labelledItems } from "../labelledItems.ts";
import { namesIn } from "./nameLists.ts";
import type { Reader } from "./reader.ts";

const LISTS = "ImageSets/Segmentation";

export const voc: Reader = {
  looksFor: `JPEGImages/, SegmentationObject/ and ${LISTS}/*.txt, also inside VOC2012/ or VOCdevkit/VOC2012/`,
  recognises: async (folder) => (await rootsIn(folder)).length > 0,
  sets: async (folder) => (await Promise.all((await rootsIn(folder)).map(setsOf))).flat(),
};

/** The folder itself, or those of years inside it. */
async function rootsIn(folder: DataFolder): Promise<readonly DataFolder[]> {
  const roots: DataFolder[] = [];
  for (const within of [folder, folderIn(folder, "VOCdevkit")]) {
    const { folders } = await within.list("");
    const years = folders.filter((name) => /^VOC\d+$/i.test(name));
    for (const root of [within, ...years.map((year) => folderIn(within, year))]) {
      if ((await root.list(LISTS)).files.length > 0) roots.push(root);
    }
  }
  return roots;
}

/** Named after the year, where the folder says it: `voc2012_val`. */
async function setsOf(root: DataFolder): Promise<readonly DataSet[]> {
  const lists = (await root.list(LISTS)).files.filter((name) => name.endsWith(".txt"));
  const prefix = /^VOC\d+$/i.test(root.name) ? root.name.toLowerCase() : "voc";
  return lists.map((list) => ({
    name: `${prefix}_${list.slice(0, -".txt".length)}`,
    count: undefined,
    items: () => items(root, `${LISTS}/${list}`),
  }));
}

async function* items(root: DataFolder, list: string): AsyncGenerator<Item> {
  for (const name of await namesIn(root, list)) {
    const photo = `JPEGImages/${name}.jpg`;
    const path = `SegmentationObject/${name}.png`;
    try {
      const bytes = await root.read(path);
      const { mask } = await toldAt(path, () => readIndexedPng(bytes));
      const file = { path: photo, bytes: () => root.read(photo) };
      yield* labelledItems(name, mask, () => pictureAt(root, file));
    } catch (error) {
      yield unreadable(name, error);
    }
  }
}
