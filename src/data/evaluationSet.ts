/**
 * Folders for evaluation: `index.json`, a list of `{ set, id, image, mask,
 * width, height }`, and the files it names. One row is one object.
 */

import type { Truth } from "../clicks/truth.ts";
import {
  at,
  type Field,
  listAt,
  parseJson,
  textAt,
  wholeAt,
  wrong,
} from "../formats/jsonFields.ts";
import type { Picture, Size } from "../image/pixels.ts";
import { checkDecoded, checkPath } from "./checkFiles.ts";
import { pictureAt, rasterAt } from "./decodeAt.ts";
import type { Edge } from "./edge.ts";
import { conventions, type SetName } from "./maskConventions.ts";

export interface EvaluationRow extends Size {
  readonly set: SetName;
  readonly id: string;
  /** Paths inside the folder. */
  readonly image: string;
  readonly mask: string;
}

export interface EvaluationSample {
  readonly set: SetName;
  readonly id: string;
  readonly picture: Picture;
  readonly truth: Truth;
}

/**
 * What a folder holds.
 *
 * @throws {FormatError} When `index.json` is not such a list, or names a set whose masks are not known.
 */
export async function evaluationRows({
  read,
}: Pick<Edge, "read">): Promise<readonly EvaluationRow[]> {
  const index = parseJson("index.json", await read("index.json"));
  return listAt({ ...index, path: "index.json" }).map((row) => ({
    set: setAt(at(row, "set")),
    id: textAt(at(row, "id")),
    image: checkPath(at(row, "image")),
    mask: checkPath(at(row, "mask")),
    width: wholeAt(at(row, "width"), 1),
    height: wholeAt(at(row, "height"), 1),
  }));
}

/**
 * Read rows one after another, each when it is asked for.
 *
 * @throws {FormatError} When a file is not of the size the index says.
 */
export async function* evaluationSamples(
  rows: Iterable<EvaluationRow>,
  edge: Edge,
): AsyncGenerator<EvaluationSample> {
  const fileAt = (path: string) => ({ path, bytes: () => edge.read(path) });
  for (const row of rows) {
    const picture = await pictureAt(edge, fileAt(row.image));
    checkDecoded(row.image, picture, row);
    const raster = await rasterAt(edge, fileAt(row.mask));
    checkDecoded(row.mask, raster, row);
    yield { set: row.set, id: row.id, picture, truth: conventions[row.set](raster) };
  }
}

function setAt(field: Field): SetName {
  const known = Object.keys(conventions) as SetName[];
  const set = known.find((name) => name === field.value);
  if (set === undefined) throw wrong(field, `one of ${known.join(", ")}`);
  return set;
}
