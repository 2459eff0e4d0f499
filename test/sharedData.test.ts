import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DataSet, dataSetsIn, loadObject } from "maskwise";
import { dataFiles } from "maskwise/node";
import { expect, test } from "vitest";

const SHARED = fileURLToPath(new URL("../../shared/data", import.meta.url));

/** The names of the first objects of a set, each of which can be loaded. */
async function firsts({ items }: DataSet, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const item of items()) {
    const { picture, truth } = await loadObject(item);
    expect(picture.data.length).toBe(3 * truth.data.length);
    ids.push(item.id);
    if (ids.length === count) break;
  }
  return ids;
}

test.skipIf(!existsSync(SHARED))(
  "the public halves of the standard sets in ../shared are four sets of the sizes they should have",
  async () => {
    const sets = await dataSetsIn(dataFiles(`${SHARED}/evaluation`));
    const sizes = sets.map(({ name, count }) => [name, count] as const);
    expect(Object.fromEntries(sizes)).toEqual({
      grabcut: 26,
      berkeley: 59,
      coco_mval: 195,
      davis: 70,
    });
    for (const set of sets) expect(await firsts(set, 2)).toHaveLength(2);
  },
);

test.skipIf(!existsSync(SHARED))(
  "the training shards in ../shared are a set per source, and of one file a set",
  async () => {
    const sets = await dataSetsIn(dataFiles(`${SHARED}/train`));
    // As its description says: 27,574 labelled things.
    expect(sets.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(27_574);
    const nuclei = sets.find(({ name }) => name === "nuclei");
    expect(nuclei && (await firsts(nuclei, 3))).toHaveLength(3);
    const [shard] = await dataSetsIn(dataFiles(`${SHARED}/train/train-05.tar`));
    expect(shard.name).toBe("train");
    expect(await firsts(shard, 3)).toHaveLength(3);
  },
);
