/**
 * SBD (Hariharan et al. 2011): photos in `img/`, instances in MATLAB files in `inst/`, lists of names
 * in `train.txt` and `val.txt`. Every instance is an object; the others are its background.
 */

import type { Truth } from "../../clicks/truth.ts";
import { FormatError } from "../../formats/formatError.ts";
import { readMat } from "../../formats/mat.ts";
import { type DataSet, type Item, unreadable } from "../dataSet.ts";
import { pictureAt, toldAt } from "../decodeAt.ts";
import { type DataFolder, folderIn } from "../edge.ts";
import { labelledItems } from "../labelledItems.ts";
import { namesIn } from "./nameLists.ts";
import type { Reader } from "./reader.ts";

export const sbd: Reader = {
  looksFor:
    "img/*.jpg, inst/*.mat and train.txt or val.txt, also inside dataset/ or benchmark_RELEASE/dataset/",
  recognises: async (folder) => (await rootIn(folder)) !== undefined,
  sets: async (folder) => {
    const root = await rootIn(folder);
    return root === undefined ? [] : setsOf(root);
  },
};

async function rootIn(folder: DataFolder): Promise<DataFolder | undefined> {
  const released = folderIn(folder, "benchmark_RELEASE");
  for (const root of [folder, folderIn(folder, "dataset"), folderIn(released, "dataset")]) {
    if ((await root.list("inst")).files.some(isMat)) return root;
  }
  return undefined;
}

/** A set for each list; without lists, all instances are one. */
async function setsOf(root: DataFolder): Promise<readonly DataSet[]> {
  const lists = (await root.list("")).files.filter((name) => name.endsWith(".txt"));
  if (lists.length > 0) {
    return lists.map((list) => ({
      name: `sbd_${list.slice(0, -".txt".length)}`,
      count: undefined,
      items: async function* () {
        yield* items(root, await namesIn(root, list));
      },
    }));
  }
  const names = (await root.list("inst")).files
    .filter(isMat)
    .map((file) => file.slice(0, -".mat".length));
  return [{ name: "sbd", count: undefined, items: () => items(root, names) }];
}

async function* items(root: DataFolder, names: readonly string[]): AsyncGenerator<Item> {
  for (const name of names) {
    const photo = `img/${name}.jpg`;
    const path = `inst/${name}.mat`;
    try {
      const bytes = await root.read(path);
      const labels = await toldAt(path, () => instances(bytes));
      const file = { path: photo, bytes: () => root.read(photo) };
      yield* labelledItems(name, labels, () => pictureAt(root, file));
    } catch (error) {
      yield unreadable(name, error);
    }
  }
}

/** `GTinst.Segmentation`: the number of the instance at each pixel, column by column. */
function instances(bytes: Uint8Array): Truth {
  const structure = readMat(bytes).get("GTinst");
  const [segmentation] =
    structure?.kind === "structure" ? (structure.fields.get("Segmentation") ?? []) : [];
  if (segmentation?.kind !== "numbers" || segmentation.dimensions.length !== 2) {
    throw new FormatError("expected a structure GTinst with a matrix Segmentation, got none.");
  }
  const { data: columns } = segmentation;
  const [height, width] = segmentation.dimensions;
  const data = Uint8Array.from(
    { length: width * height },
    (_, at) => columns[(at % width) * height + Math.floor(at / width)],
  );
  return { width, height, data };
}

function isMat(name: string): boolean {
  return name.endsWith(".mat");
}
