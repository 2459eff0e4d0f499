import { dataSetsIn } from "../dataSets.ts";
import type { DataFolder } from "../edge.ts";
import { trainingIndex } from "../readers/trainingIndex.ts";
import type { Collection } from "./collection.ts";
import { itemCollection } from "./itemCollection.ts";
import { trainingCollections } from "./trainingCollections.ts";

/**
 * What can be drawn from a folder, whatever its layout: a collection for each of its sets.
 *
 * @throws {FormatError} No set is there, or an index is damaged.
 */
export async function collectionsIn(folder: DataFolder): Promise<readonly Collection[]> {
  if (await trainingIndex.recognises(folder)) return trainingCollections(folder);
  return Promise.all((await dataSetsIn(folder)).map(itemCollection));
}
