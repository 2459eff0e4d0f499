import type { DataSet, Item } from "../dataSet.ts";
import { loadObject } from "../loadObject.ts";
import type { Collection } from "./collection.ts";

/**
 * The objects of any data set, whatever its layout, as a collection. The set is gone through once;
 * what its items hold (a COCO file's annotations, maps of labelled things) stays in memory.
 */
export async function itemCollection({ name, items }: DataSet): Promise<Collection> {
  const all: Item[] = [];
  for await (const item of items()) all.push(item);
  return {
    name,
    ids: all.map(({ id }) => id),
    pictures: all.map(({ id, picture = id }) => picture),
    load: async (index) => {
      const { picture, truth } = await loadObject(all[index]);
      return { picture, labels: truth };
    },
  };
}
