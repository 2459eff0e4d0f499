/**
 * The objects of a mask as people save them, told by the file itself:
 *
 * - `NAME.labels.png`: samples are numbers of things;
 * - a PNG whose palette has colours: indices are numbers of things, as in PASCAL VOC;
 * - all else, black and white: one object.
 */

import { readIndexedPng } from "../formats/indexedPng.ts";
import { hasPalette, isPng } from "../formats/png.ts";
import type { Picture } from "../image/pixels.ts";
import { type Item, unreadable } from "./dataSet.ts";
import { type DataFile, rasterAt, toldAt } from "./decodeAt.ts";
import type { Edge } from "./edge.ts";
import { labelledItems } from "./labelledItems.ts";
import { blackAndWhite, hasColours, labelMap } from "./maskConventions.ts";

/** Whether a mask's name says that its samples are numbers of things. */
export function isLabelMap(path: string): boolean {
  return /\.labels\.\w+$/i.test(path);
}

/** Whether the first bytes of a file are those of a PNG with a palette. */
export function isIndexed(bytes: Uint8Array): boolean {
  return isPng(bytes) && hasPalette(bytes);
}

export async function* maskItems(
  id: string,
  mask: DataFile,
  picture: () => Promise<Picture>,
  edge: Edge,
): AsyncGenerator<Item> {
  try {
    const bytes = await mask.bytes();
    const raster = () => rasterAt(edge, { path: mask.path, bytes: async () => bytes });
    if (isLabelMap(mask.path)) {
      yield* labelledItems(id, labelMap(await raster()), picture);
    } else if (isIndexed(bytes) && hasColours(await raster())) {
      const labels = await toldAt(mask.path, () => readIndexedPng(bytes).mask);
      yield* labelledItems(id, labels, picture);
    } else {
      const truth = async () => {
        const decoded = await raster();
        return toldAt(mask.path, () => blackAndWhite(decoded));
      };
      yield { id, load: async () => ({ picture: await picture(), truth: await truth() }) };
    }
  } catch (error) {
    yield unreadable(id, error);
  }
}
