import { expect, test } from "vitest";
import { memoryFolder } from "../../test/support/memoryFolder.ts";
import type { Plan, PromptKind } from "./job.ts";
import { planFromFile } from "./planFromFile.ts";
import { planFromMasks } from "./planFromMasks.ts";

function planOf(
  file: string,
  text: string,
  kinds: readonly PromptKind[],
  pictures: readonly string[] = [],
): Promise<Plan> {
  const bytes = new TextEncoder().encode(text);
  const folder = memoryFolder({
    [file]: bytes,
    ...Object.fromEntries(pictures.map((name) => [name, new Uint8Array(1)])),
  });
  return planFromFile({ folder, file }, folder, kinds);
}

const COCO = {
  annotations: [
    {
      id: 1,
      image_id: 7,
      category_id: 2,
      bbox: [10.2, 4, 5.5, 3],
      keypoints: [1, 2, 2, 3, 4, 1, 0, 0, 0],
      segmentation: [[0, 0, 4, 0, 4, 4]],
      iscrowd: 0,
    },
    { id: 2, image_id: 7, category_id: 2, bbox: [0, 0, 9, 9], iscrowd: 1 },
    { id: 3, image_id: 8, category_id: 5, bbox: [0, 0, 4, 4] },
  ],
  images: [
    { id: 7, file_name: "a.jpg", width: 20, height: 10 },
    { id: 8, file_name: "b.jpg", width: 20, height: 10 },
    { id: 9, file_name: "c.jpg", width: 20, height: 10 },
  ],
  categories: [
    { id: 2, name: "cat" },
    { id: 5, name: "dog" },
  ],
};
const PHOTOS = ["images/a.jpg", "images/b.jpg", "images/c.jpg"];

test("COCO's boxes become the pixels they touch; crowds are no objects, pictures without any passed over", async () => {
  const plan = await planOf("coco.json", JSON.stringify(COCO), ["boxes"], PHOTOS);
  expect(plan).toEqual({
    categories: [
      { id: 2, name: "cat" },
      { id: 5, name: "dog" },
    ],
    passedOver: 1,
    jobs: [
      {
        id: 7,
        picture: "images/a.jpg",
        objects: [{ id: 1, category: "cat", box: [10, 4, 15, 6] }],
      },
      {
        id: 8,
        picture: "images/b.jpg",
        objects: [{ id: 3, category: "dog", box: [0, 0, 3, 3] }],
      },
    ],
  });
});

test("of COCO's keypoints those that are seen are points, and segmentations are masks to start from", async () => {
  const text = JSON.stringify(COCO);
  const { jobs: points } = await planOf("coco.json", text, ["points"], PHOTOS);
  expect(points.map(({ objects }) => objects)).toEqual([
    [{ id: 1, category: "cat", points: [{ x: 1, y: 2, says: "object" }] }],
  ]);
  const { jobs: masks } = await planOf("coco.json", text, ["masks"], PHOTOS);
  expect(masks.map(({ objects }) => objects)).toEqual([
    [{ id: 1, category: "cat", mask: [[0, 0, 4, 0, 4, 4]] }],
  ]);
});

test("a table tells a box a row, or a point a row that belongs to an object", async () => {
  const boxes =
    "picture,label,x0,y0,x1,y1\na.jpg,cat,1,2,3,4\na.jpg,cat,5,5,6,6\nb/c.jpg,,0,0,2,2\n";
  const plan = await planOf(
    "boxes.csv",
    boxes,
    ["boxes"],
    ["a.jpg", "b/c.jpg", "d.png", "d.mask.png"],
  );
  expect(plan).toEqual({
    categories: [
      { id: 1, name: "cat" },
      { id: 2, name: "object" },
    ],
    passedOver: 1,
    jobs: [
      {
        id: 1,
        picture: "a.jpg",
        objects: [
          { category: "cat", box: [1, 2, 3, 4] },
          { category: "cat", box: [5, 5, 6, 6] },
        ],
      },
      {
        id: 2,
        picture: "b/c.jpg",
        objects: [{ category: "object", box: [0, 0, 2, 2] }],
      },
    ],
  });
  const points =
    "picture,object,x,y,says\na.jpg,1,3,4,\na.jpg,1,0,0,background\na.jpg,2,9,9,object\nb.jpg,1,0,0,background\n";
  const { jobs } = await planOf("points.csv", points, ["points"]);
  expect(jobs.map(({ objects }) => objects)).toEqual([
    [
      {
        category: "object",
        points: [
          { x: 3, y: 4, says: "object" },
          { x: 0, y: 0, says: "background" },
        ],
      },
      { category: "object", points: [{ x: 9, y: 9, says: "object" }] },
    ],
  ]);
});

test("JSON tells boxes and points of one object together", async () => {
  const text = JSON.stringify({
    pictures: [
      {
        picture: "a.jpg",
        objects: [
          { label: "cat", box: [1, 2, 3, 4], points: [{ x: 2, y: 3 }] },
          { box: [0, 0, 1, 1] },
        ],
      },
    ],
  });
  const { jobs } = await planOf("known.json", text, ["boxes", "points"]);
  expect(jobs[0].objects).toEqual([
    { category: "cat", box: [1, 2, 3, 4], points: [{ x: 2, y: 3, says: "object" }] },
    { category: "object", box: [0, 0, 1, 1] },
  ]);
});

test("a fault is told with its place, before any work", async () => {
  const told = async (file: string, text: string): Promise<string> =>
    planOf(file, text, ["boxes"]).then(
      () => "no fault",
      (error: Error) => error.message,
    );
  const coco = (change: Partial<typeof COCO>) => JSON.stringify({ ...COCO, ...change });
  expect([
    await told("a.csv", "picture,x0\na.jpg,1\n"),
    await told("a.csv", "picture,x0,y0,x1,y1\na.jpg,1,2,three,4\n"),
    await told("a.csv", "picture,x0,y0,x1,y1\n../a.jpg,1,2,3,4\n"),
    await told("a.json", "{}"),
    await told("a.txt", ""),
    await told("a.json", '{"pictures":[{"picture":"a","objects":[{"box":[1,2]}]}]}'),
    await told("a.json", coco({ categories: [] })),
    await told("a.json", coco({ images: COCO.images.slice(1) })),
    await told("a.json", coco({ images: [COCO.images[0], { ...COCO.images[0], id: 8 }] })),
    await told("a.json", JSON.stringify({ images: COCO.images, annotations: [] })),
    await told("a.json", JSON.stringify(COCO).slice(0, -20)),
  ]).toMatchInlineSnapshot(`
    [
      "a.csv: expected the columns picture, x0, y0, x1, y1 for boxes or picture, x, y for points, got picture, x0.",
      "a.csv: row 1.x1: expected a number, got "three".",
      "a.csv: row 1.picture: expected a path inside the folder, got "../a.jpg".",
      "a.json: expected a list of images (COCO) or of pictures, got neither. See docs/batch.md.",
      "a.txt: expected a name that ends in .json or .csv, got another. Rename it, if it is one of these.",
      "a.json: pictures.0.objects.0.box: expected x0, y0, x1, y1, got [1,2].",
      "a.json: annotations: expected the ids of categories in category_id, got 2.",
      "a.json: annotations: expected the ids of images in image_id, got 7.",
      "a.json: images: expected different files, got "a.jpg" twice.",
      "a.json: expected boxes of objects, got none for any picture.",
      "a.json: expected JSON, got a fault after categories.0 (Tokenizer ended in the middle of a token (state: STRING_DEFAULT). Either not all the data was received or the data was invalid.). Copy the file again from where it came.",
    ]
  `);
});

test("masks belong to the pictures of their names, in the same folders or beside them", async () => {
  const file = new Uint8Array(1);
  const pictures = memoryFolder({ "a.jpg": file, "in/b.jpg": file, "in/c.jpg": file });
  const masks = memoryFolder({ "a.png": file, "in/b_1.png": file, "in/b_2.png": file });
  const apart = await planFromMasks(pictures, masks, false);
  expect(apart.jobs.map(({ id, picture, maskFiles }) => [id, picture, maskFiles])).toEqual([
    [1, "a.jpg", ["a.png"]],
    [2, "in/b.jpg", ["in/b_1.png", "in/b_2.png"]],
  ]);
  expect(apart.passedOver).toBe(1);
  const both = memoryFolder({ "a.jpg": file, "a.mask.png": file, "b.jpg": file });
  const beside = await planFromMasks(both, both, true);
  expect(beside.jobs.map(({ picture, maskFiles }) => [picture, maskFiles])).toEqual([
    ["a.jpg", ["a.mask.png"]],
  ]);
  await expect(planFromMasks(pictures, memoryFolder({}), false)).rejects.toThrow(
    "expected masks named as the pictures",
  );
});
