import { expect, test } from "vitest";
import { memoryFolder } from "../../../test/support/memoryFolder.ts";
import { tarOf } from "../../../test/support/tarOf.ts";
import { IGNORE } from "../../clicks/truth.ts";
import { FormatError } from "../../formats/formatError.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { type Collection, someOf } from "./collection.ts";
import { collectionsIn } from "./collectionsIn.ts";
import { drawObject } from "./drawObject.ts";
import { heldOutRank } from "./heldOut.ts";

const quiet = () => {};

/** Pictures of 8 × 4 pixels, whose label maps are said by their columns. */
function collection(
  name: string,
  pictures: Readonly<Record<string, readonly number[]>>,
): Collection {
  const all = Object.values(pictures);
  return {
    name,
    ids: Object.keys(pictures),
    pictures: Object.keys(pictures),
    load: async (index) => ({
      picture: { width: 8, height: 4, data: new Uint8Array(96) },
      labels: {
        width: 8,
        height: 4,
        data: Uint8Array.from({ length: 32 }, (_, at) => all[index][at % 8]),
      },
    }),
  };
}

const TWO = [1, 1, 1, 1, 2, 2, 2, 2];
const RARE = [3, 3, 3, 3, 0, 0, IGNORE, 9];

test("origins are drawn by weight, pictures and things evenly", async () => {
  const sources = [
    { collection: collection("a", { x: TWO }), weight: 3 },
    { collection: collection("b", { y: TWO, z: TWO }), weight: 1 },
    { collection: collection("none", {}), weight: 9 },
  ];
  const random = randomNumbers(4);
  const counts: Record<string, number> = {};
  for (let i = 0; i < 4000; i++) {
    const { id } = await drawObject(sources, random, quiet);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  const share = (id: string) => (counts[id] ?? 0) / 4000;
  // Six standard deviations of a share of 4000 draws are below 0.05.
  expect(share("a/x#1")).toBeCloseTo(3 / 8, 1);
  expect(share("a/x#2")).toBeCloseTo(3 / 8, 1);
  for (const id of ["b/y#1", "b/y#2", "b/z#1", "b/z#2"]) expect(share(id)).toBeCloseTo(1 / 16, 1);
});

test("a thing of a few pixels and what is undecided are no objects", async () => {
  const sources = [{ collection: collection("a", { x: RARE }), weight: 1 }];
  const { id, truth } = await drawObject(sources, randomNumbers(1), quiet);
  expect(id).toBe("a/x#3");
  expect([...truth.data.subarray(0, 8)]).toEqual([1, 1, 1, 1, 0, 0, IGNORE, 0]);
});

test("a mask without an object is told and passed over; nothing but such masks is an error", async () => {
  const empty = [0, 0, 0, 0, 0, 0, 0, 0];
  const told: string[] = [];
  const mixed = [{ collection: collection("a", { none: empty, some: TWO }), weight: 1 }];
  for (let seed = 0; seed < 10; seed++) {
    const { id } = await drawObject(mixed, randomNumbers(seed), (id, why) =>
      told.push(`${id}: ${why}`),
    );
    expect(id).toMatch(/^a\/some#/);
  }
  expect(new Set(told)).toEqual(
    new Set(["a/none: expected an object of at least 16 pixels in the mask, got none."]),
  );
  const nothing = [{ collection: collection("a", { none: empty }), weight: 1 }];
  await expect(drawObject(nothing, randomNumbers(1), quiet)).rejects.toThrow(
    /expected a picture with an object, got none in 50 draws. The last was a\/none/,
  );
  await expect(drawObject([], randomNumbers(1), quiet)).rejects.toThrow(FormatError);
});

test("what is held out is about its share of the pictures", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => `picture_${i}`);
  for (const share of [0, 0.05, 0.5, 1]) {
    const held = ids.filter((id) => heldOutRank(id) < share).length / ids.length;
    expect(Math.abs(held - share)).toBeLessThan(0.03);
  }
});

test("some of a collection are the pictures themselves", async () => {
  const all = collection("a", { x: TWO, y: RARE });
  const some = someOf(all, (id) => id === "y");
  expect(some.ids).toEqual(["y"]);
  expect((await some.load(0)).labels).toEqual((await all.load(1)).labels);
});

const picture = { width: 2, height: 1, channels: 3, data: [1, 2, 3, 4, 5, 6] };
const row = { shard: "train-00.tar", width: 2, height: 1, kind: "parts", objects: 2 };
const training = {
  "index.json": [
    { ...row, id: "one", source: "duts" },
    { ...row, id: "two", source: "bsds" },
  ],
  "train-00.tar": tarOf({
    "one.webp": picture,
    "one.labels.png": { width: 2, height: 1, channels: 1, data: [1, 2] },
    "two.webp": picture,
  }),
};

test("a folder for training has a collection for each source, and a shard is read once", async () => {
  const folder = memoryFolder(training);
  const [duts, bsds] = await collectionsIn(folder);
  expect([duts.name, duts.ids, bsds.name]).toEqual(["duts", ["one"], "bsds"]);
  expect([...(await duts.load(0)).labels.data]).toEqual([1, 2]);
  await duts.load(0);
  expect(folder.asked.filter((path) => path.endsWith(".tar"))).toEqual(["train-00.tar"]);
  await expect(bsds.load(0)).rejects.toThrow(
    "train-00.tar: expected a file two.labels.png, as index.json says, got none.",
  );
});

test("any other data set is a collection of its objects", async () => {
  const [own] = await collectionsIn(
    memoryFolder(
      {
        "images/cat.png": picture,
        "masks/cat.png": { width: 2, height: 1, channels: 1, data: [255, 0] },
        "masks/cat_2.png": { width: 2, height: 1, channels: 1, data: [0, 255] },
      },
      "pets",
    ),
  );
  expect([own.name, own.ids]).toEqual(["pets", ["cat", "cat_2"]]);
  // Both are of one picture, and are held out together or not at all.
  expect(new Set(own.pictures)).toEqual(new Set(["cat.png"]));
  expect([...(await own.load(0)).labels.data]).toEqual([1, 0]);
});
