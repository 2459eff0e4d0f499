import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mask } from "../image/pixels.ts";
import { cocoDocument, writeCoco } from "./coco.ts";
import { FormatError } from "./formatError.ts";
import { readCoco } from "./readCoco.ts";

const ABOUT = { labels: ["background", "cat", "dog"], picture: "pets.jpg" };

const PETS: Mask = {
  width: 4,
  height: 3,
  // biome-ignore format: as it looks
  data: Uint8Array.from([
    0, 1, 1, 2,
    1, 0, 1, 0,
    0, 1, 1, 2,
  ]),
};

test("each label is one annotation, its hole and its parts kept by run lengths", () => {
  const document = cocoDocument(PETS, ABOUT);
  expect(document.images).toEqual([{ id: 1, file_name: "pets.jpg", width: 4, height: 3 }]);
  expect(document.categories.map(({ id, name }) => [id, name])).toEqual([
    [1, "cat"],
    [2, "dog"],
  ]);
  // Down the columns, for the cat: 1 not, 1 cat; 1 not, 1 cat, 1 not, 1 cat; 3 cats; 3 not. That is
  // 1, 1, 1, 1, 1, 4, 3 in runs, and from the fourth on the difference to the one two before.
  expect(document.annotations).toEqual([
    {
      id: 1,
      image_id: 1,
      category_id: 1,
      segmentation: { size: [3, 4], counts: "1110032" },
      area: 6,
      bbox: [0, 0, 3, 3],
      iscrowd: 0,
    },
    {
      id: 2,
      image_id: 1,
      category_id: 2,
      segmentation: { size: [3, 4], counts: expect.any(String) },
      area: 2,
      bbox: [3, 0, 1, 3],
      iscrowd: 0,
    },
  ]);
});

test("run lengths, area and box agree with pycocotools", () => {
  // pycocotools 2.0.11, numpy 2.4.6:
  //   y, x = np.mgrid[0:30, 0:40]
  //   m = ((x-19)**2 + (y-14)**2 < 150) & ((x-22)**2 + (y-12)**2 > 30) | (x > 35) & (y < 4)
  //   r = mask.encode(np.asfortranarray(m.astype(np.uint8))); mask.area(r); mask.toBbox(r)
  const data = Uint8Array.from({ length: 30 * 40 }, (_, i) => {
    const [x, y] = [i % 40, Math.floor(i / 40)];
    const isRing = (x - 19) ** 2 + (y - 14) ** 2 < 150 && (x - 22) ** 2 + (y - 12) ** 2 > 30;
    return isRing || (x > 35 && y < 4) ? 1 : 0;
  });
  const about = { labels: ["background", "ring"], picture: "ring.png" };
  const [ring] = cocoDocument({ width: 40, height: 30, data }, about).annotations;
  expect(ring).toMatchObject({
    segmentation: {
      counts:
        "n65f06K4M2N2N2O0O2O000OAO40K24NK44LK64JL64KK54LL44LL44ML140MN43LK4782N3L5J_3OeL000000",
    },
    area: 400,
    bbox: [7, 0, 33, 27],
  });
});

test("a label without pixels is a category without an annotation", () => {
  const empty = { ...PETS, data: new Uint8Array(12) };
  const document = cocoDocument(empty, ABOUT);
  expect(document.categories).toHaveLength(2);
  expect(document.annotations).toEqual([]);
  expect(readCoco(writeCoco(empty, ABOUT))).toEqual({ mask: empty, labels: ABOUT.labels });
});

test("any mask comes back as it was, with its labels", () => {
  const masks = fc
    .tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 2 })
        .map((data) => ({ width, height, data })),
    );
  fc.assert(
    fc.property(masks, fc.string({ unit: "grapheme" }), (mask, name) => {
      const labels = ["background", "cat", `a ${name}`];
      expect(readCoco(writeCoco(mask, { ...ABOUT, labels }))).toEqual({ mask, labels });
    }),
  );
});

/** A place in JSON, and what is put there; `undefined` removes it. */
type Change = readonly [path: string, value: unknown];

/** The document of PETS with one value changed, as bytes. */
function changed(...[path, value]: Change): Uint8Array {
  const document: unknown = JSON.parse(new TextDecoder().decode(writeCoco(PETS, ABOUT)));
  const names = path.split(".");
  const last = names.pop() ?? "";
  const parent = names.reduce(
    (part, name) => (part as Readonly<Record<string, unknown>>)[name],
    document,
  );
  Object.assign(parent as object, { [last]: value });
  return new TextEncoder().encode(JSON.stringify(document));
}

test("run lengths that are not compressed, as COCO has them for crowds, are read too", () => {
  const counts = [1, 1, 1, 1, 1, 4, 3];
  expect(readCoco(changed("annotations.0.segmentation.counts", counts)).mask).toEqual(PETS);
});

test("polygons are read at the centres of pixels, and written without holes", () => {
  const square = { ...PETS, data: Uint8Array.from([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0]) };
  const options = { segmentation: "polygons" } as const;
  const [{ segmentation }] = cocoDocument(square, ABOUT, options).annotations;
  expect(segmentation).toEqual([[3, 1, 3, 3, 1, 3, 1, 1]]);
  expect(readCoco(writeCoco(square, ABOUT, options)).mask).toEqual(square);
  const holed = { width: 3, height: 3, data: Uint8Array.from([1, 1, 1, 1, 0, 1, 1, 1, 1]) };
  expect([...readCoco(writeCoco(holed, ABOUT, options)).mask.data]).toEqual(Array(9).fill(1));
});

test("of several pictures the named one is read", () => {
  const images = [
    { id: 1, file_name: "pets.jpg", width: 4, height: 3 },
    { id: 7, file_name: "other.jpg", width: 2, height: 2 },
  ];
  const bytes = changed("images", images);
  expect(readCoco(bytes, { picture: "pets.jpg" }).mask).toEqual(PETS);
  expect([...readCoco(bytes, { picture: "other.jpg" }).mask.data]).toEqual([0, 0, 0, 0]);
  expect(() => readCoco(bytes)).toThrow(
    "images: expected one picture, got 2. Leave one in the file.",
  );
});

const FAULTS: readonly Change[] = [
  ["images", undefined],
  ["images", []],
  ["images.0.width", "4"],
  ["images.0.width", 1e9],
  ["categories", Array(256).fill({ id: 1, name: "x" })],
  ["categories.1.name", 2],
  ["annotations.1.category_id", 9],
  ["annotations.0.segmentation", null],
  ["annotations.0.segmentation", [[0, 0, 1, 0, 1]]],
  ["annotations.0.segmentation", [[0, 0, 1, 0, 1, null]]],
  ["annotations.0.segmentation.size", [4, 3]],
  ["annotations.0.segmentation.counts", [3]],
  ["annotations.0.segmentation.counts", [13, -1]],
  ["annotations.0.segmentation.counts", "~"],
  ["annotations.0.segmentation.counts", "111003"],
];

test("what is not COCO is told with the place of the fault", () => {
  const complaint = (bytes: Uint8Array) => {
    try {
      readCoco(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      return (error as Error).message;
    }
    throw new Error("expected an error, got none");
  };
  const text = (json: string) => new TextEncoder().encode(json);
  expect(FAULTS.map((fault) => complaint(changed(...fault)))).toMatchInlineSnapshot(`
    [
      "images: expected a list, got nothing.",
      "images: expected one picture, got 0. Leave one in the file.",
      "images.0.width: expected a whole number of at least 1, got "4".",
      "images.0.width: expected at most 200 million pixels in all, got 1000000000.",
      "categories: expected at most 255, which a mask can tell apart, got 256. Remove those that are not used.",
      "categories.1.name: expected a text, got 2.",
      "annotations.1.category_id: expected the id of a category, got 9.",
      "annotations.0.segmentation.size: expected a list, got nothing.",
      "annotations.0.segmentation.0: expected x and y in turn, got [0,0,1,0,1].",
      "annotations.0.segmentation.0.5: expected a number, got null.",
      "annotations.0.segmentation.size: expected [3, 4], as the picture has it, got [4,3].",
      "annotations.0.segmentation.counts: maskOfRunLengths: expected runs that fill 4×3 = 12 pixels, got 3. Are width and height exchanged?",
      "annotations.0.segmentation.counts.1: expected a whole number of at least 0, got -1.",
      "annotations.0.segmentation.counts: runLengthCounts: expected compressed run lengths, got "~" at position 0.",
      "annotations.0.segmentation.counts: maskOfRunLengths: expected runs that fill 4×3 = 12 pixels, got 9. Are width and height exchanged?",
    ]
  `);
  expect([text("null"), text("[]")].map(complaint)).toEqual(
    Array(2).fill("images: expected a list, got nothing."),
  );
  // What comes after is the platform's to word.
  expect(complaint(text("{"))).toMatch(/^readCoco: expected JSON, got "/);
  expect(complaint(Uint8Array.from([0x7b, 0xff]))).toMatch(/^readCoco: expected JSON, got "/);
});
