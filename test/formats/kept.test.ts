/** What each format keeps of a data set that has a bit of everything. */

import { expect, test } from "vitest";
import {
  type AnnotationFormatName,
  type Annotations,
  annotationFormatNames,
  annotationFormats,
  filesInMemory,
  type Instance,
  maskRegion,
  whatWasKept,
  written,
} from "../../src/formats/index.ts";
import { runLengths } from "../../src/image/index.ts";

const SIZE = { width: 12, height: 8 };

function rectangle(left: number, top: number, width: number, height: number, hole = false) {
  const data = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, at) => {
    const [x, y] = [at % SIZE.width, Math.floor(at / SIZE.width)];
    const isIn = x >= left && x < left + width && y >= top && y < top + height;
    return isIn && !(hole && x === left + 1 && y === top + 1) ? 1 : 0;
  });
  return maskRegion(runLengths({ ...SIZE, data }));
}

const corner = (x: number, y: number) => ({ unit: "corner" as const, x, y });

const INSTANCES: readonly Instance[] = [
  { category: "cat", region: rectangle(0, 0, 4, 4, true), attributes: { mood: "calm", age: 3 } },
  { category: "dog", region: rectangle(2, 2, 4, 4), isCrowd: true, score: 0.75 },
  {
    category: "cat",
    group: 4,
    region: {
      kind: "polygons",
      parts: [
        {
          outer: [corner(6.25, 1), corner(11, 1), corner(11, 5.5), corner(6.25, 5.5)],
          holes: [[corner(8, 2), corner(8, 4), corner(10, 4), corner(10, 2)]],
        },
      ],
    },
  },
  { category: "dog", region: { kind: "box", left: 1, top: 5, width: 3, height: 2 } },
  { category: "dog", region: { kind: "points", points: [{ x: 3.5, y: 6 }] } },
];

const SET: Annotations = {
  categories: [{ name: "cat" }, { name: "dog" }, { name: "nobody" }],
  images: [
    {
      name: "a/pets.jpg",
      ...SIZE,
      instances: INSTANCES,
      attributes: { place: "home" },
      work: {
        model: { name: "small", sha256: "0".repeat(64) },
        session: { format: "maskwise session", version: 1 },
        probabilities: { cat: { ...SIZE, data: new Float32Array(96).fill(0.25) } },
      },
    },
    { name: "empty.jpg", ...SIZE, instances: [] },
  ],
};

async function account(name: AnnotationFormatName): Promise<string> {
  const files = filesInMemory(await written(annotationFormats[name].write(SET)));
  const images = new Map(SET.images.map((image) => [image.name, image]));
  const kept = await whatWasKept(SET, await annotationFormats[name].read(files, { images }));
  return kept
    .filter((line) => line.kept < line.total)
    .map(({ what, total, kept, iou }) => {
      const overlap = iou ? ` (IoU ${iou.least.toFixed(2)})` : "";
      return `${what} ${kept}/${total}${overlap}`;
    })
    .join(", ");
}

test("what is lost is counted", async () => {
  const lost: Record<string, string> = {};
  for (const name of annotationFormatNames) lost[name] = await account(name);
  expect(lost).toMatchInlineSnapshot(`
    {
      "coco": "objects 4/5, polygons, corner by corner 0/1, points 0/1, sessions 0/1, probabilities 0/1",
      "cvat": "polygons, corner by corner 0/1, attributes 2/3, sessions 0/1, probabilities 0/1",
      "datumaro": "polygons, corner by corner 0/1, sessions 0/1, probabilities 0/1",
      "geojson": "categories 2/3, sessions 0/1, probabilities 0/1",
      "label-png": "objects 3/5, masks, pixel by pixel 1/2 (IoU 0.73), polygons, corner by corner 0/1, boxes 0/1, points 0/1, sessions 0/1, probabilities 0/1",
      "label-studio": "categories 2/3, polygons, corner by corner 0/1, sessions 0/1, probabilities 0/1",
      "labelme": "categories 2/3, polygons, corner by corner 0/1, sessions 0/1, probabilities 0/1",
      "lvis": "objects 4/5, polygons, corner by corner 0/1, points 0/1, sessions 0/1, probabilities 0/1",
      "maskwise": "",
      "npz": "categories 2/3, objects 3/5, polygons, corner by corner 0/1, boxes 0/1, points 0/1, sessions 0/1, probabilities 0/1",
      "png": "objects 3/5, polygons, corner by corner 0/1, boxes 0/1, points 0/1, sessions 0/1, probabilities 0/1",
      "svg": "categories 2/3, objects 4/5, points 0/1, sessions 0/1, probabilities 0/1",
      "voc": "objects 4/5, masks, pixel by pixel 1/2 (IoU 0.73), polygons, corner by corner 0/1, points 0/1, groups 0/1, attributes 2/3, sessions 0/1, probabilities 0/1",
      "yolo": "objects 4/5, polygons, corner by corner 0/1, points 0/1, crowds 0/1, scores 0/1, groups 0/1, attributes 0/3, sessions 0/1, probabilities 0/1",
    }
  `);
});

test("categories without objects, and images without any, are kept where a format declares them", async () => {
  for (const name of [
    "maskwise",
    "coco",
    "lvis",
    "yolo",
    "voc",
    "cvat",
    "datumaro",
    "png",
  ] as const) {
    const set = { categories: SET.categories, images: [SET.images[1]] };
    const files = filesInMemory(await written(annotationFormats[name].write(set)));
    const images = new Map(set.images.map((image) => [image.name, image]));
    const kept = await whatWasKept(set, await annotationFormats[name].read(files, { images }));
    expect({ name, kept }).toEqual({
      name,
      kept: [
        { what: "images", total: 1, kept: 1 },
        { what: "categories", total: 3, kept: 3 },
      ],
    });
  }
});
