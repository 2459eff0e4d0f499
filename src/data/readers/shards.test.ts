import { expect, test } from "vitest";
import { loaded } from "../../../test/support/loaded.ts";
import { memoryFolder } from "../../../test/support/memoryFolder.ts";
import { tarOf } from "../../../test/support/tarOf.ts";
import { dataSetsIn } from "../dataSets.ts";

const SIZE = { width: 3, height: 1 };
const PICTURE = { ...SIZE, data: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
const mask = (...data: readonly number[]) => ({ ...SIZE, channels: 1, data });

test("files of one key belong together, and shards of one name are one set", async () => {
  const sets = await dataSetsIn(
    memoryFolder({
      "val-000000.tar": tarOf({
        "a/x.jpg": PICTURE,
        "a/x.json": { caption: "an x" },
        "a/x.mask.png": mask(0, 255, 0),
        "b/x.jpg": PICTURE,
        "b/x.labels.png": mask(2, 255, 1),
        "b/meta.json": {},
      }),
      "val-000001.tar": tarOf({
        "c.jpg": PICTURE,
        "d.seg.png": mask(0, 255, 0),
        "e.labels.png": mask(1, 0, 0),
        "e.webp": PICTURE,
      }),
      "train-0.tar": tarOf({}),
    }),
  );
  expect(sets.map(({ name, count }) => [name, count])).toEqual([
    ["train", undefined],
    ["val", undefined],
  ]);
  expect(await loaded(sets[1])).toEqual([
    ["a/x", "010"],
    ["b/x#1", "0.1"],
    ["b/x#2", "1.0"],
    ["c", "expected c.mask.png or c.labels.png beside it, got none."],
    ["d", "expected d.jpg beside it, got none."],
    ["e#1", "100"],
  ]);
});

test("a damaged shard ends the reading, with its name and the last good file", async () => {
  const whole = tarOf({ "a.jpg": PICTURE, "a.mask.png": mask(0, 255, 0), "b.jpg": PICTURE });
  const [set] = await dataSetsIn(memoryFolder({ "x.tar": whole.subarray(0, 2300) }));
  await expect(loaded(set)).rejects.toThrow(/^x\.tar: expected .* after a\.mask\.png/);
});

test("of pictures in shards with an index every label is an object, and every source a set", async () => {
  const row = { shard: "0.tar", source: "bsds", kind: "regions", objects: 2, ...SIZE };
  const sets = await dataSetsIn(
    memoryFolder({
      "index.json": [
        { ...row, id: "a" },
        { ...row, id: "b", source: "cats", objects: 1, kind: "instances" },
        { ...row, id: "gone" },
      ],
      "0.tar": tarOf({
        "a.webp": PICTURE,
        "a.labels.png": mask(2, 255, 1),
        "b.webp": PICTURE,
        "b.labels.png": mask(0, 0, 1),
      }),
    }),
  );
  expect(sets.map(({ name, count }) => [name, count])).toEqual([
    ["bsds", 4],
    ["cats", 1],
  ]);
  expect(await loaded(sets[0])).toEqual([
    ["a#1", "0.1"],
    ["a#2", "1.0"],
    ["gone", "expected gone in 0.tar, as index.json says, got none."],
  ]);
  expect(await loaded(sets[1])).toEqual([["b#1", "001"]]);
});
