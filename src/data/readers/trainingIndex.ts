/** Folders with an `index.json` of pictures in tar shards: every labelled thing is an object, every source a set. */

import { FormatError } from "../../formats/formatError.ts";
import { tarFiles } from "../../formats/tarFiles.ts";
import { type DataSet, type Item, unreadable } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";
import { type TrainingRow, trainingRows } from "../trainingSet.ts";
import { beginningText } from "./beginning.ts";
import type { Reader } from "./reader.ts";
import { groupsOf } from "./shardGroups.ts";

export const trainingIndex: Reader = {
  looksFor: "index.json, a list of { id, shard, source, kind, objects, width, height }, and *.tar",
  recognises: async (folder) =>
    (await folder.list("")).files.includes("index.json") &&
    (await beginningText(folder, "index.json")).includes('"shard"'),
  sets,
};

async function sets(folder: DataFolder): Promise<readonly DataSet[]> {
  const rows = await trainingRows(folder);
  return [...new Set(rows.map(({ source }) => source))].map((name) => {
    const own = rows.filter(({ source }) => source === name);
    return {
      name,
      count: own.reduce((sum, { objects }) => sum + objects, 0),
      items: () => items(folder, own),
    };
  });
}

async function* items(folder: DataFolder, rows: readonly TrainingRow[]): AsyncGenerator<Item> {
  for (const shard of new Set(rows.map((row) => row.shard))) {
    const wanted = new Set(rows.filter((row) => row.shard === shard).map(({ id }) => id));
    for await (const group of groupsOf(tarFiles(shard, folder.stream(shard)))) {
      if (!wanted.delete(group.key)) continue;
      yield* group.items(folder);
      if (wanted.size === 0) break;
    }
    for (const id of wanted) {
      yield unreadable(
        id,
        new FormatError(`expected ${id} in ${shard}, as index.json says, got none.`),
      );
    }
  }
}
