/** What is wrong in a data set is told for every layout; nothing is passed over in silence. */

import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { dataSetsIn, loadObject, type ReaderName, readerNames } from "../../src/data/index.ts";
import type { Mask } from "../../src/image/index.ts";
import { dataFiles } from "../../src/node/index.ts";
import { tarOf } from "../support/tarOf.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { writeLayouts } from "./layouts.ts";
import { disc, HEIGHT, WIDTH } from "./typed.ts";

const PICTURE = { width: WIDTH, height: HEIGHT, data: disc() };

function maskOf(inside: (at: number) => boolean, width = WIDTH, height = HEIGHT): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, at) => (inside(at) ? 1 : 0));
  return { width, height, data };
}

const RIGHT = maskOf((at) => PICTURE.data[3 * at] > 100);

/** A layout of one object with this mask. */
async function written(name: ReaderName, mask = RIGHT): Promise<string> {
  const folder = temporaryFolder();
  await writeLayouts(folder, PICTURE, mask);
  return join(folder, name);
}

/** What comes of each object: "good", or the reason why not; of a set that cannot be read, that. */
async function outcomes(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for (const set of await dataSetsIn(dataFiles(folder))) {
      for await (const item of set.items()) {
        found.push(
          await loadObject(item).then(
            () => "good",
            (error: Error) => error.message,
          ),
        );
      }
    }
  } catch (error) {
    found.push((error as Error).message);
  }
  return found.map((reason) => reason.replaceAll(folder, "…"));
}

test.each(readerNames)("a mask of another size than its picture is told: %s", async (name) => {
  const [reason, ...others] = await outcomes(
    await written(
      name,
      maskOf((at) => at < 9, 30, 20),
    ),
  );
  expect(others).toEqual([]);
  expect(reason).toMatch(/60×40.*30×20|30×20.*60×40/);
});

test.each(readerNames)("a mask without an object is no object: %s", async (name) => {
  const found = await outcomes(
    await written(
      name,
      maskOf(() => false),
    ),
  );
  // COCO writes objects down one by one, and so none at all.
  const isByObject = name === "coco" || name === "lvis";
  expect(found).toEqual(isByObject ? [] : ["expected an object in the mask, got none."]);
});

/** Where each layout has what tells the objects. */
const TELLING: Readonly<Record<ReaderName, string>> = {
  training: "0.tar",
  index: "mask.png",
  lvis: "lvis_v1_val.json",
  coco: "annotations/instances_val2017.json",
  voc: "VOC2012/SegmentationObject/disc.png",
  sbd: "inst/disc.mat",
  grabcut: "boundary_GT/disc.bmp",
  berkeley: "masks/disc.png",
  coco_mval: "gt/disc.png",
  davis: "Annotations/480p/disc/0.png",
  tar: "val-00.tar",
  folder: "disc.mask.png",
};

test.each(readerNames)(
  "a file that was cut off is told by its path, with a cure: %s",
  async (name) => {
    const folder = await written(name);
    const path = join(folder, TELLING[name]);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, Math.floor(0.6 * bytes.length)));
    const [reason, ...others] = await outcomes(folder);
    expect(others).toEqual([]);
    // The folder that the set was found in need not be said.
    expect(reason).toContain(TELLING[name].replace("VOC2012/", ""));
    expect(reason).toMatch(/Copy .*again|of at most 200 million pixels/);
  },
);

/** Adds half an object to a folder: a mask without its picture, or a name without either. */
const halves: Readonly<Record<ReaderName, (folder: string) => void>> = {
  training: (folder) => addRow(folder, { id: "lonely" }),
  index: (folder) => addRow(folder, { id: "lonely", image: "lonely.png" }),
  lvis: (folder) => addAnnotation(join(folder, TELLING.lvis)),
  coco: (folder) => addAnnotation(join(folder, TELLING.coco)),
  voc: (folder) => appendFileSync(join(folder, "VOC2012/ImageSets/Segmentation/val.txt"), "lonely"),
  sbd: (folder) => appendFileSync(join(folder, "val.txt"), "\nlonely"),
  grabcut: (folder) => addMask(join(folder, TELLING.grabcut), "lonely.bmp"),
  berkeley: (folder) => addMask(join(folder, TELLING.berkeley), "lonely.png"),
  coco_mval: (folder) => addMask(join(folder, TELLING.coco_mval), "lonely.png"),
  davis: (folder) => addMask(join(folder, TELLING.davis), "lonely.png"),
  tar: (folder) =>
    writeFileSync(
      join(folder, "val-01.tar"),
      tarOf({ "lonely.mask.png": readFileSync(join(folder, "../folder", TELLING.folder)) }),
    ),
  folder: (folder) => addMask(join(folder, TELLING.folder), "lonely.mask.png"),
};

function addMask(mask: string, name: string): void {
  cpSync(mask, join(dirname(mask), name));
}

function addRow(folder: string, changes: object): void {
  change<readonly object[]>(join(folder, "index.json"), (rows) => [
    ...rows,
    { ...rows[0], ...changes },
  ]);
}

function addAnnotation(path: string): void {
  change<{ readonly annotations: readonly object[] }>(path, ({ annotations, ...rest }) => ({
    ...rest,
    annotations: [...annotations, { ...annotations[0], id: 99, image_id: 77 }],
  }));
}

function change<Content>(path: string, of: (content: Content) => Content): void {
  writeFileSync(path, JSON.stringify(of(JSON.parse(readFileSync(path, "utf8")))));
}

test.each(readerNames)("half an object beside a good one is counted and told: %s", async (name) => {
  const folder = await written(name);
  halves[name](folder);
  const [good, lonely, ...others] = await outcomes(folder);
  expect(good).toBe("good");
  expect(lonely).toMatch(/expected .*(lonely|lonely\.jpg|got 77)/);
  expect(others).toEqual([]);
});
