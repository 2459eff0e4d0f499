/** Tar shards as WebDataset lays them out: pictures and masks that share a key. */

import { tarFiles } from "../../formats/tarFiles.ts";
import type { DataSet, Item } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";
import type { Reader } from "./reader.ts";
import { groupsOf } from "./shardGroups.ts";

export const shards: Reader = {
  looksFor: "*.tar with KEY.jpg (or png, webp) and KEY.mask.png or KEY.labels.png",
  recognises: async (folder) => (await shardsIn(folder)).length > 0,
  sets,
};

/** Shards that differ only in their numbers are one set: `val-000000.tar`, `val-000001.tar`. */
async function sets(folder: DataFolder): Promise<readonly DataSet[]> {
  const all = await shardsIn(folder);
  const setOf = (shard: string) =>
    shard.replace(/\.tar$/i, "").replace(/[-_.]?\d+$/, "") || folder.name;
  return [...new Set(all.map(setOf))].map((name) => {
    const own = all.filter((shard) => setOf(shard) === name);
    return { name, count: undefined, items: () => items(folder, own) };
  });
}

async function* items(folder: DataFolder, own: readonly string[]): AsyncGenerator<Item> {
  for (const shard of own) {
    // A damaged archive cannot be read on: where its next file begins is not known.
    for await (const group of groupsOf(tarFiles(shard, folder.stream(shard)))) {
      yield* group.items(folder);
    }
  }
}

async function shardsIn(folder: DataFolder): Promise<readonly string[]> {
  const { files } = await folder.list("");
  return files.filter((name) => /\.tar$/i.test(name));
}
