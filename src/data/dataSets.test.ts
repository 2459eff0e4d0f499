import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { memoryFolder } from "../../test/support/memoryFolder.ts";
import { tarOf } from "../../test/support/tarOf.ts";
import { IGNORE } from "../clicks/truth.ts";
import type { Edge, Raster } from "./edge.ts";
import { evaluationRows, evaluationSamples } from "./evaluationSet.ts";
import { truthOfLabel, undecidedBand, unitedObjects } from "./maskConventions.ts";
import { trainingRows, trainingSamples } from "./trainingSet.ts";

const ROW = { set: "grabcut", id: "a", image: "images/a.jpg", mask: "masks/a.png" };
const SIZE = { width: 2, height: 1 };
const PICTURE = { ...SIZE, data: [1, 2, 3, 4, 5, 6] };
const MASK = { ...SIZE, channels: 1, data: [128, 255] };

test("an evaluation row becomes a picture and its truth, read when it is asked for", async () => {
  const other = { ...ROW, ...SIZE, set: "davis", id: "b", mask: "masks/b.png" };
  const files = memoryFolder({
    "index.json": [{ ...ROW, ...SIZE }, other],
    "images/a.jpg": PICTURE,
    "masks/a.png": MASK,
    "masks/b.png": MASK,
  });
  const samples = evaluationSamples(await evaluationRows(files), files);
  expect(files.asked).toEqual(["index.json"]);
  expect((await samples.next()).value).toEqual({
    set: "grabcut",
    id: "a",
    picture: { ...SIZE, data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    truth: { ...SIZE, data: Uint8Array.of(IGNORE, 1) },
  });
  expect(files.asked).toEqual(["index.json", "images/a.jpg", "masks/a.png"]);
  expect((await samples.next()).value.truth.data).toEqual(Uint8Array.of(1, 1));
});

test("the undecided band is 128 in the first channel and nothing else", () => {
  const data = Uint8Array.of(0, 255, 127, 0, 128, 0, 129, 0, 255, 128);
  expect(undecidedBand({ width: 5, height: 1, channels: 2, data }).data).toEqual(
    Uint8Array.of(0, 0, IGNORE, 1, 1),
  );
});

test("united objects are whatever is not 0 in some channel", () => {
  const data = Uint8Array.of(0, 0, 0, 0, 0, 1, 128, 0, 0);
  expect(unitedObjects({ width: 3, height: 1, channels: 3, data }).data).toEqual(
    Uint8Array.of(0, 1, 1),
  );
});

test("one label of many is the object, and what is undecided stays so", () => {
  const data = Uint8Array.of(0, 1, 2, 3, IGNORE);
  expect(truthOfLabel({ width: 5, height: 1, data }, 2).data).toEqual(
    Uint8Array.of(0, 0, 1, 0, IGNORE),
  );
});

test("an index that is wrong is refused with the place of the fault", async () => {
  const rows = (...list: unknown[]) => evaluationRows(memoryFolder({ "index.json": list }));
  await expect(rows({ ...ROW, ...SIZE, set: "sbd" })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: index.json.0.set: expected one of grabcut, berkeley, davis, coco_mval, got "sbd".]`,
  );
  await expect(
    rows({ ...ROW, ...SIZE }, { ...ROW, ...SIZE, width: 0 }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: index.json.1.width: expected a whole number of at least 1, got 0.]`,
  );
  for (const mask of ["../secret.png", "/etc/passwd", "C:\\x.png", "a/../../b.png", ""]) {
    await expect(rows({ ...ROW, ...SIZE, mask })).rejects.toThrow(/index\.json\.0\.mask/);
  }
  await expect(evaluationRows(memoryFolder({ "index.json": { rows: [] } }))).rejects.toThrow(
    /a list/,
  );
});

test("a file of another size than the index says is refused", async () => {
  const files = memoryFolder({
    "index.json": [{ ...ROW, ...SIZE, width: 3 }],
    "images/a.jpg": PICTURE,
    "masks/a.png": MASK,
  });
  const samples = evaluationSamples(await evaluationRows(files), files);
  await expect(samples.next()).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: images/a.jpg: expected 3×1 as index.json says, got 2×1.]`,
  );
});

const TRAINING_ROW = {
  id: "a",
  shard: "0.tar",
  source: "bsds",
  kind: "regions",
  objects: 2,
  ...SIZE,
};

test("training rows are read shard by shard", async () => {
  const second = { ...TRAINING_ROW, id: "b", shard: "1.tar" };
  const third = { ...TRAINING_ROW, id: "c" };
  const sample = (id: string) => ({ [`${id}.webp`]: PICTURE, [`${id}.labels.png`]: MASK });
  const files = memoryFolder({
    "index.json": [TRAINING_ROW, second, third],
    "0.tar": tarOf({ ...sample("a"), ...sample("c") }),
    "1.tar": tarOf(sample("b")),
  });
  const seen: string[] = [];
  for await (const { id, labels, kind } of trainingSamples(await trainingRows(files), files)) {
    seen.push(id);
    expect([...labels.data, kind]).toEqual([128, 255, "regions"]);
  }
  expect(seen).toEqual(["a", "c", "b"]);
  expect(files.asked).toEqual(["index.json", "0.tar", "1.tar"]);
});

test("a shard that lacks a file is refused", async () => {
  const files = memoryFolder({
    "index.json": [TRAINING_ROW],
    "0.tar": tarOf({ "a.webp": PICTURE }),
  });
  const samples = trainingSamples(await trainingRows(files), files);
  await expect(samples.next()).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: 0.tar: expected a file a.labels.png, as index.json says, got none.]`,
  );
  const odd = memoryFolder({ "index.json": [{ ...TRAINING_ROW, kind: "things" }] });
  await expect(trainingRows(odd)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: index.json.0.kind: expected one of object, instances, parts, regions, got "things".]`,
  );
});

const DATA = join(import.meta.dirname, "../../../shared/data");

/** Real files, decoded by sharp. */
function folder(path: string): Edge {
  const decode = async (bytes: Uint8Array): Promise<Raster> => {
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data };
  };
  return {
    read: (name) => readFile(join(DATA, path, name)),
    decodePicture: decode,
    decodeRaster: decode,
  };
}

test.skipIf(!existsSync(DATA))(
  "the evaluation sets, where they are there, can be read",
  async () => {
    const files = folder("evaluation");
    const rows = await evaluationRows(files);
    expect(rows).toHaveLength(350);
    const firsts = ["grabcut", "berkeley", "davis", "coco_mval"].flatMap((set) =>
      rows.filter((row) => row.set === set).slice(0, 2),
    );
    for await (const { set, truth } of evaluationSamples(firsts, files)) {
      expect(truth.data.includes(1)).toBe(true);
      if (set !== "grabcut") expect(truth.data.includes(IGNORE)).toBe(false);
    }
  },
);

test.skipIf(!existsSync(DATA))(
  "the training shards, where they are there, can be read",
  async () => {
    const files = folder("train");
    const rows = await trainingRows(files);
    expect(rows).toHaveLength(8135);
    const some = rows.filter(({ shard }) => shard === "train-05.tar").slice(0, 20);
    for await (const { labels, objects, kind } of trainingSamples(some, files)) {
      const values = new Set(labels.data);
      values.delete(IGNORE);
      if (kind !== "regions") values.delete(0);
      expect(Math.max(...values)).toBe(objects);
    }
  },
);
