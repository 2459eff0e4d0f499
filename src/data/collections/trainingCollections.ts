/** The collections of a folder for training: one for each source, its pictures in tar shards. */

import { FormatError } from "../../formats/formatError.ts";
import { tarFiles } from "../../formats/tarFiles.ts";
import { checkDecoded } from "../checkFiles.ts";
import { pictureAt, rasterAt } from "../decodeAt.ts";
import type { Edge } from "../edge.ts";
import { labelMap } from "../maskConventions.ts";
import { type TrainingRow, trainingRows } from "../trainingSet.ts";
import type { Collection, Labelled } from "./collection.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * A shard is read when its first picture is drawn, and its files stay in memory as they are stored:
 * reading pictures in any order costs decoding them, no more.
 *
 * @throws {FormatError} `index.json` is not such a list.
 */
export async function trainingCollections(edge: Edge): Promise<readonly Collection[]> {
  const rows = await trainingRows(edge);
  const shards = new Map<string, Promise<Files>>();
  const filesOf = (shard: string): Promise<Files> => {
    const files = shards.get(shard) ?? shardFiles(shard, edge);
    shards.set(shard, files);
    return files;
  };
  return [...new Set(rows.map(({ source }) => source))].map((name) => {
    const own = rows.filter(({ source }) => source === name);
    return {
      name,
      ids: own.map(({ id }) => id),
      pictures: own.map(({ id }) => id),
      load: async (index) => labelledAt(own[index], await filesOf(own[index].shard), edge),
    };
  });
}

async function shardFiles(shard: string, edge: Edge): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of tarFiles(shard, [await edge.read(shard)])) {
    files.set(name, bytes);
  }
  return files;
}

async function labelledAt(row: TrainingRow, files: Files, edge: Edge): Promise<Labelled> {
  const fileAt = (name: string) => ({
    path: `${row.shard}: ${name}`,
    bytes: async () => {
      const bytes = files.get(name);
      if (bytes !== undefined) return bytes;
      throw new FormatError(`${row.shard}: expected a file ${name}, as index.json says, got none.`);
    },
  });
  const picture = await pictureAt(edge, fileAt(`${row.id}.webp`));
  checkDecoded(`${row.id}.webp`, picture, row);
  const raster = await rasterAt(edge, fileAt(`${row.id}.labels.png`));
  checkDecoded(`${row.id}.labels.png`, raster, row);
  return { picture, labels: labelMap(raster) };
}
