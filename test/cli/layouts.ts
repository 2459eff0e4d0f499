/** One object in every layout that can be evaluated, as real files. */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encode } from "bmp-ts";
import { encode as encodePng } from "fast-png";
import type { ReaderName } from "../../src/data/index.ts";
import { cocoDocument, writeIndexedPng } from "../../src/formats/index.ts";
import type { Mask, Picture } from "../../src/image/index.ts";
import { matOfLabels } from "../support/matOfLabels.ts";
import { tarOf } from "../support/tarOf.ts";

type Files = Readonly<Record<string, Uint8Array | string>>;

/**
 * @param mask 0 and 1.
 * @returns The folder of each layout, and the name of its set.
 */
export async function writeLayouts(
  folder: string,
  picture: Picture,
  mask: Mask,
): Promise<Readonly<Record<ReaderName, string>>> {
  const { width, height } = mask;
  // Decoders look at the bytes, not at the name: no JPEG blurs the picture between layouts.
  const photo = encodePng({ ...picture, channels: 3 });
  const grey = (white: number) =>
    encodePng({ ...mask, data: mask.data.map((value) => value * white), channels: 1 });
  const indexed = writeIndexedPng(mask, { labels: ["background", "disc"] });
  const document = cocoDocument(mask, { labels: ["background", "disc"], picture: "disc.jpg" });
  const row = { id: "disc", width, height };
  const index = [{ ...row, set: "coco_mval", image: "disc.png", mask: "mask.png" }];
  const training = [{ ...row, shard: "0.tar", source: "cats", kind: "object", objects: 1 }];
  const [image] = document.images;
  const address = { ...image, file_name: undefined, coco_url: "http://x/val2017/disc.jpg" };
  const layouts: Readonly<Record<ReaderName, readonly [set: string, Files]>> = {
    training: [
      "cats",
      {
        "index.json": JSON.stringify(training),
        "0.tar": tarOf({ "disc.webp": photo, "disc.labels.png": grey(1) }),
      },
    ],
    index: [
      "coco_mval",
      { "index.json": JSON.stringify(index), "disc.png": photo, "mask.png": grey(255) },
    ],
    lvis: [
      "lvis_v1_val",
      {
        "lvis_v1_val.json": JSON.stringify({ ...document, images: [address] }),
        "val2017/disc.jpg": photo,
      },
    ],
    coco: [
      "val2017",
      { "annotations/instances_val2017.json": JSON.stringify(document), "val2017/disc.jpg": photo },
    ],
    voc: [
      "voc2012_val",
      {
        "VOC2012/JPEGImages/disc.jpg": photo,
        "VOC2012/SegmentationObject/disc.png": indexed,
        "VOC2012/ImageSets/Segmentation/val.txt": "disc\n",
      },
    ],
    sbd: [
      "sbd_val",
      { "img/disc.jpg": photo, "inst/disc.mat": matOfLabels(mask), "val.txt": "disc" },
    ],
    grabcut: [
      "grabcut",
      { "data_GT/disc.bmp": bmp(picture), "boundary_GT/disc.bmp": bmp(inGrey(mask)) },
    ],
    berkeley: ["berkeley", { "images/disc.jpg": photo, "masks/disc.png": grey(255) }],
    coco_mval: ["coco_mval", { "img/disc.jpg": photo, "gt/disc.png": grey(200) }],
    davis: [
      "davis_480p",
      { "JPEGImages/480p/disc/0.jpg": photo, "Annotations/480p/disc/0.png": indexed },
    ],
    tar: ["val", { "val-00.tar": tarOf({ "disc.jpg": photo, "disc.mask.png": grey(255) }) }],
    folder: ["folder", { "disc.jpg": photo, "disc.mask.png": indexed }],
  };
  for (const [name, [, files]] of Object.entries(layouts)) {
    for (const [path, bytes] of Object.entries(files)) {
      const place = join(folder, name, path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, bytes);
    }
  }
  return Object.fromEntries(
    Object.entries(layouts).map(([name, [set]]) => [name, set]),
  ) as Readonly<Record<ReaderName, string>>;
}

function inGrey({ width, height, data }: Mask): Picture {
  return {
    width,
    height,
    data: Uint8Array.from({ length: 3 * data.length }, (_, at) => 255 * data[Math.floor(at / 3)]),
  };
}

/** 24 bits a pixel; the encoder takes alpha, blue, green and red. */
function bmp({ width, height, data }: Picture): Uint8Array {
  const pixels = Buffer.alloc(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    const [red, green, blue] = data.subarray(3 * at);
    pixels.set([255, blue, green, red], 4 * at);
  }
  return encode({ width, height, data: pixels, bitPP: 24 }).data;
}
