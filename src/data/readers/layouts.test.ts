import { expect, test } from "vitest";
import { loaded } from "../../../test/support/loaded.ts";
import { matOfLabels } from "../../../test/support/matOfLabels.ts";
import { memoryFolder } from "../../../test/support/memoryFolder.ts";
import { writeIndexedPng } from "../../formats/indexedPng.ts";
import { dataSetsIn } from "../dataSets.ts";

const SIZE = { width: 3, height: 1 };
const PICTURE = { ...SIZE, data: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
const mask = (...data: readonly number[]) => ({ ...SIZE, channels: 1, data });
const labels = (...data: readonly number[]) =>
  writeIndexedPng(
    { ...SIZE, data: Uint8Array.from(data) },
    { labels: Array.from({ length: 256 }, (_, i) => `${i}`) },
  );

async function all(files: Readonly<Record<string, unknown>>, name?: string) {
  const sets = await dataSetsIn(memoryFolder(files, name));
  const told = sets.map(async (set) => [set.name, set.count, await loaded(set)] as const);
  return Promise.all(told);
}

test("people's own masks are black and white, and lie in a folder beside the pictures", async () => {
  const files = {
    "images/a.jpg": PICTURE,
    "images/b.jpg": PICTURE,
    "images/lonely.jpg": PICTURE,
    "masks/a.png": mask(0, 255, 128),
    "masks/b.png": mask(0, 1, 1),
    "masks/stray.png": mask(0, 1, 1),
    "masks/readme.txt": "nothing",
  };
  expect(await all(files, "mine")).toEqual([
    [
      "mine",
      4,
      [
        ["a", "01."],
        ["b", "011"],
        ["lonely", "expected a mask masks/lonely.* for images/lonely.jpg, got none."],
        [
          "stray",
          "expected a picture in images/ whose name masks/stray.png has or begins with, got none.",
        ],
      ],
    ],
  ]);
});

test("a grey or a colour that nobody agreed on is refused with its place", async () => {
  const rgb = { ...SIZE, channels: 3, data: [0, 0, 0, 255, 255, 255, 255, 0, 0] };
  const [[, , items]] = await all({
    "images/a.jpg": PICTURE,
    "images/b.jpg": PICTURE,
    "masks/a.png": mask(0, 7, 255),
    "masks/b.png": rgb,
  });
  expect(items[0][1]).toMatchInlineSnapshot(
    `"masks/a.png: expected the greys 0 (background), 255 or 1 (object) and 128 (undecided), got 7 at (1, 0). Save it in black and white; for several objects save it with a palette, or with their numbers as NAME.labels.png."`,
  );
  expect(items[1][1]).toMatch(/^masks\/b\.png: .*got 255, 0, 0 at \(2, 0\)/);
});

test("masks that Maskwise saved are found beside their pictures, each label an object", async () => {
  const files = {
    "a.jpg": PICTURE,
    "a.mask.png": labels(0, 2, 1),
    "b.jpg": PICTURE,
    "b.labels.png": mask(255, 3, 3),
    "report.json": { format: "something else" },
  };
  expect(await all(files, "photos")).toEqual([
    [
      "photos",
      undefined,
      [
        ["a.mask#1", "001"],
        ["a.mask#2", "010"],
        ["b.labels#3", ".11"],
      ],
    ],
  ]);
});

test("GrabCut's masks have an undecided band", async () => {
  const files = { "data_GT/a.bmp": PICTURE, "boundary_GT/a.bmp": mask(64, 128, 255) };
  expect(await all(files)).toEqual([["grabcut", 1, [["a", "0.1"]]]]);
});

test("Berkeley, DAVIS and COCO_MVal are told from their folders", async () => {
  const alike = { "images/3096.jpg": PICTURE, "masks/3096.png": mask(0, 128, 200) };
  expect(await all(alike, "Berkeley")).toEqual([["berkeley", 1, [["3096", "0.1"]]]]);
  const frames = { "img/a.jpg": PICTURE, "gt/a.png": mask(0, 128, 1) };
  expect(await all(frames, "DAVIS")).toEqual([["davis", 1, [["a", "011"]]]]);
  expect(await all(frames, "COCO_MVal")).toEqual([["coco_mval", 1, [["a", "011"]]]]);
});

test("DAVIS as it is published has a folder per sequence", async () => {
  const files = {
    "JPEGImages/480p/bear/00000.jpg": PICTURE,
    "JPEGImages/480p/bear/00001.jpg": PICTURE,
    "Annotations/480p/bear/00000.png": mask(0, 38, 75),
    "ImageSets/2017/val.txt": "bear",
  };
  expect(await all(files)).toEqual([
    [
      "davis_480p",
      undefined,
      [
        ["bear/00000", "011"],
        [
          "bear/00001",
          "expected a mask Annotations/480p/bear/00001.* for JPEGImages/480p/bear/00001.jpg, got none.",
        ],
      ],
    ],
  ]);
});

test("PASCAL VOC has a set per list, and an object per instance", async () => {
  const files = {
    "VOC2012/JPEGImages/2007_1.jpg": PICTURE,
    "VOC2012/SegmentationObject/2007_1.png": labels(2, 255, 1),
    "VOC2012/SegmentationObject/2007_2.png": labels(0, 255, 0),
    "VOC2012/SegmentationObject/2007_3.png": new Uint8Array(40),
    "VOC2012/ImageSets/Segmentation/val.txt": "2007_1\r\n2007_2\n2007_3\n2007_4\n",
    "VOC2012/ImageSets/Segmentation/train.txt": "2007_1\n",
  };
  const sets = await all(files, "VOCdevkit");
  expect(sets.map(([name]) => name)).toEqual(["voc2012_train", "voc2012_val"]);
  expect(sets[1][2]).toEqual([
    ["2007_1#1", "0.1"],
    ["2007_1#2", "1.0"],
    ["2007_2", "expected an object in the mask, got none."],
    [
      "2007_3",
      "SegmentationObject/2007_3.png: readIndexedPng: expected a PNG, got 40 bytes of something else.",
    ],
    ["2007_4", "no file VOC2012/SegmentationObject/2007_4.png"],
  ]);
});

test("SBD's instances are numbers in MATLAB files, stored column by column", async () => {
  const square = { width: 2, height: 2, data: Uint8Array.of(0, 1, 2, 1) };
  const picture = { width: 2, height: 2, data: new Array(12).fill(0) };
  const whole = matOfLabels(square);
  const files = {
    "dataset/img/a.jpg": picture,
    "dataset/inst/a.mat": whole,
    "dataset/inst/b.mat": whole.subarray(0, whole.length - 5),
    "dataset/inst/c.mat": new TextEncoder().encode("no MATLAB"),
    "dataset/val.txt": "a\nb\nc\n",
  };
  const [[name, , items]] = await all(files, "benchmark_RELEASE");
  expect(name).toBe("sbd_val");
  expect(items.slice(0, 2)).toEqual([
    ["a#1", "0101"],
    ["a#2", "0010"],
  ]);
  expect(items[2][1]).toMatch(/^inst\/b\.mat: mat: expected whole elements, got one of \d+ bytes/);
  expect(items[3][1]).toMatch(/^inst\/c\.mat: mat: expected a MATLAB file of level 5/);
});
