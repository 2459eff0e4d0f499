import { expect, test } from "vitest";
import { loaded } from "../../../test/support/loaded.ts";
import { memoryFolder } from "../../../test/support/memoryFolder.ts";
import { type DataSet, LeftOut } from "../dataSet.ts";
import { dataSetsIn } from "../dataSets.ts";

const SIZE = { width: 4, height: 2 };
const PICTURE = { ...SIZE, data: new Array(24).fill(9) };
const IMAGES = [
  { id: 7, file_name: "a.jpg", ...SIZE },
  { id: 8, file_name: "b.jpg", ...SIZE },
];

/** Two columns as a polygon, and as run lengths: 2 pixels outside, 4 inside, 2 outside. */
const POLYGON = [[1, 0, 3, 0, 3, 2, 1, 2]];
const RUNS = { size: [2, 4], counts: [2, 4, 2] };
const COMPRESSED = { size: [2, 4], counts: "242" };

function annotation(id: number, segmentation: unknown, more: object = {}) {
  return { id, image_id: 7, category_id: 1, iscrowd: 0, segmentation, ...more };
}

async function sets(files: Readonly<Record<string, unknown>>): Promise<readonly DataSet[]> {
  return dataSetsIn(memoryFolder({ "val2017/a.jpg": PICTURE, ...files }));
}

const PATH = "annotations/instances_val2017.json";
const json = (...annotations: readonly unknown[]) => ({
  [PATH]: { info: {}, images: IMAGES, annotations, categories: [] },
});

test("polygons and both forms of run lengths are the same object", async () => {
  const [set] = await sets(
    json(annotation(1, POLYGON), annotation(2, RUNS), annotation(3, COMPRESSED)),
  );
  expect(set.name).toBe("val2017");
  expect(await loaded(set)).toEqual([
    ["1", "01100110"],
    ["2", "01100110"],
    ["3", "01100110"],
  ]);
});

test("the pieces of one object are one mask", async () => {
  const pieces = [
    [0, 0, 1, 0, 1, 1, 0, 1],
    [3, 1, 4, 1, 4, 2, 3, 2],
  ];
  const [set] = await sets(json(annotation(1, pieces)));
  expect(await loaded(set)).toEqual([["1", "10000001"]]);
});

test("a crowd is left out and says so", async () => {
  const [set] = await sets(json(annotation(1, RUNS, { iscrowd: 1 })));
  for await (const { load } of set.items()) await expect(load()).rejects.toThrow(LeftOut);
  expect(await loaded(set)).toEqual([
    ["1", `${PATH}: annotations.0: expected one object, got a crowd.`],
  ]);
});

test("whatever is wrong with one annotation is told with its path, and the next is read", async () => {
  const [set] = await sets(
    json(
      annotation(1, [[1, 0, 3]]),
      annotation(2, RUNS, { image_id: 9 }),
      annotation(3, { size: [4, 2], counts: [8] }),
      annotation(4, { size: [2, 4], counts: [2, 4] }),
      annotation(5, "everything"),
      annotation(6, RUNS, { image_id: 8 }),
      { image_id: 7, segmentation: RUNS },
      annotation(8, RUNS),
    ),
  );
  const told = await loaded(set);
  expect(told.map(([id]) => id)).toEqual(["1", "2", "3", "4", "5", "6", "annotations.6", "8"]);
  const faults = told.slice(0, 6).map(([, fault]) => fault.replace(`${PATH}: `, ""));
  expect(faults[0]).toMatch(/^annotations\.0\.segmentation\.0: expected x and y in turn/);
  expect(faults[1]).toBe("annotations.1.image_id: expected the id of an image, got 9.");
  expect(faults[2]).toMatch(/^annotations\.2\.segmentation\.size: expected \[2, 4\]/);
  expect(faults[3]).toMatch(/^annotations\.3\.segmentation\.counts: .*8 pixels, got 6/);
  expect(faults[4]).toMatch(/^annotations\.4\.segmentation\.size: expected a list/);
  expect(faults[5]).toBe("no file val2017/b.jpg");
  expect(told[6][1]).toMatch(/^annotations\.6\.id: expected a whole number/);
  expect(told[7][1]).toBe("01100110");
});

test("photos lie in a folder named like the JSON, in images, or beside it", async () => {
  const document = { images: IMAGES, annotations: [annotation(1, RUNS)] };
  for (const [path, photo] of [
    ["instances_val2017.json", "val2017/a.jpg"],
    [PATH, "images/val2017/a.jpg"],
    ["mine.json", "images/a.jpg"],
    ["mine.json", "a.jpg"],
    ["annotations/mine.json", "annotations/a.jpg"],
  ]) {
    const [set] = await dataSetsIn(memoryFolder({ [path]: document, [photo]: PICTURE }));
    expect(await loaded(set), photo).toEqual([["1", "01100110"]]);
  }
  const [set] = await dataSetsIn(memoryFolder({ "mine.json": document }));
  expect((await loaded(set))[0][1]).toMatchInlineSnapshot(
    `"mine.json: expected the photo a.jpg at one of mine/a.jpg, images/mine/a.jpg, images/a.jpg, a.jpg, got none."`,
  );
});

test("LVIS names photos by their addresses", async () => {
  const image = { id: 7, coco_url: "http://images.cocodataset.org/val2017/a.jpg", ...SIZE };
  const files = { "lvis_v1_val.json": { images: [image], annotations: [annotation(5, POLYGON)] } };
  const [set] = await sets(files);
  expect(set.name).toBe("lvis_v1_val");
  expect(await loaded(set)).toEqual([["5", "01100110"]]);
});

test("images may come after the annotations", async () => {
  const [set] = await sets({
    "val2017.json": { annotations: [annotation(1, RUNS)], images: IMAGES },
  });
  expect(await loaded(set)).toEqual([["1", "01100110"]]);
});

test("a name that leads out of the folder, an image without a size, and none at all are refused", async () => {
  const reading = async (...images: readonly unknown[]) => {
    const [set] = await sets({ "x.json": { images, annotations: [annotation(1, RUNS)] } });
    return loaded(set);
  };
  await expect(reading({ ...IMAGES[0], file_name: "../a.jpg" })).rejects.toThrow(
    /^x\.json: images\.0\.file_name: expected a path inside/,
  );
  await expect(reading({ id: 7, file_name: "a.jpg" })).rejects.toThrow(
    /^x\.json: images\.0\.width/,
  );
  await expect(reading()).rejects.toThrow("x.json: images: expected a list of images, got none.");
});

test("JSON that ends too early is told with what was read last", async () => {
  const text = JSON.stringify(json(annotation(1, RUNS), annotation(2, RUNS))[PATH]);
  const [set] = await sets({ [PATH]: text.slice(0, text.length - 40) });
  await expect(loaded(set)).rejects.toThrow(
    /^annotations\/instances_val2017\.json: expected JSON, got a fault after annotations\.0 \(/,
  );
});

test("captions and keypoints are no objects, and other JSON is no COCO", async () => {
  const files = {
    ...json(annotation(1, RUNS)),
    "annotations/captions_val2017.json": { images: IMAGES, annotations: [] },
    "annotations/person_keypoints_val2017.json": { images: IMAGES, annotations: [] },
    "report.json": { format: "maskwise evaluation", sets: {} },
  };
  expect((await sets(files)).map(({ name }) => name)).toEqual(["val2017"]);
});
