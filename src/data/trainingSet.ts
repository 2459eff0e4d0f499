/**
 * Folders for training: `index.json`, a list of `{ id, shard, source, width,
 * height, kind, objects }`, and tar shards that hold `<id>.webp` and
 * `<id>.labels.png` for each row.
 */

import type { Truth } from "../clicks/truth.ts";
import { FormatError } from "../formats/formatError.ts";
import {
  at,
  type Field,
  listAt,
  parseJson,
  textAt,
  wholeAt,
  wrong,
} from "../formats/jsonFields.ts";
import { tarFiles } from "../formats/tarFiles.ts";
import type { Picture, Size } from "../image/pixels.ts";
import { checkDecoded, checkPath } from "./checkFiles.ts";
import type { Edge } from "./edge.ts";
import { labelMap } from "./maskConventions.ts";

/** What the labels of a picture are: one salient object, all instances, parts of things, or a partition without background. */
export type TrainingKind = "object" | "instances" | "parts" | "regions";

const kinds: readonly TrainingKind[] = ["object", "instances", "parts", "regions"];

export interface TrainingRow extends Size {
  readonly id: string;
  readonly shard: string;
  /** The collection the picture comes from; draw by it, not by picture. */
  readonly source: string;
  readonly kind: TrainingKind;
  /** How many labels there are. */
  readonly objects: number;
}

export interface TrainingSample extends TrainingRow {
  readonly picture: Picture;
  /** 0 background, 1 to `objects` the labelled things, `IGNORE` undecided; see `truthOfLabel`. */
  readonly labels: Truth;
}

/** What a folder holds. @throws {FormatError} When `index.json` is not such a list. */
export async function trainingRows({ read }: Pick<Edge, "read">): Promise<readonly TrainingRow[]> {
  const index = parseJson("index.json", await read("index.json"));
  return listAt({ ...index, path: "index.json" }).map((row) => ({
    id: textAt(at(row, "id")),
    shard: checkPath(at(row, "shard")),
    source: textAt(at(row, "source")),
    width: wholeAt(at(row, "width"), 1),
    height: wholeAt(at(row, "height"), 1),
    kind: kindAt(at(row, "kind")),
    objects: wholeAt(at(row, "objects"), 1),
  }));
}

/**
 * Read rows shard by shard, in the order of the rows within each; a shard is read when its first
 * row is asked for and forgotten after its last.
 *
 * @throws {FormatError} When a shard lacks a file, or a file is not what the index says.
 */
export async function* trainingSamples(
  rows: Iterable<TrainingRow>,
  edge: Edge,
): AsyncGenerator<TrainingSample> {
  const all = [...rows];
  for (const shard of new Set(all.map((row) => row.shard))) {
    const inShard = all.filter((row) => row.shard === shard);
    const files = new Map<string, Uint8Array>();
    for await (const { name, bytes } of tarFiles(shard, [await edge.read(shard)]))
      files.set(name, bytes);
    for (const row of inShard) {
      const picture = await edge.decodePicture(fileOf(files, shard, `${row.id}.webp`));
      checkDecoded(`${row.id}.webp`, picture, row);
      const raster = await edge.decodeRaster(fileOf(files, shard, `${row.id}.labels.png`));
      checkDecoded(`${row.id}.labels.png`, raster, row);
      yield { ...row, picture, labels: labelMap(raster) };
    }
  }
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, shard: string, name: string): Uint8Array {
  const bytes = files.get(name);
  if (bytes === undefined) {
    throw new FormatError(`${shard}: expected a file ${name}, as index.json says, got none.`);
  }
  return bytes;
}

function kindAt(field: Field): TrainingKind {
  const kind = kinds.find((name) => name === field.value);
  if (kind === undefined) throw wrong(field, `one of ${kinds.join(", ")}`);
  return kind;
}
