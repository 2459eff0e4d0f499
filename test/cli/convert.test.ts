import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type } from "./typed.ts";

/** A ring with a hole, and a box, of one photo. */
const COCO = {
  images: [{ id: 7, file_name: "a/pets.jpg", width: 4, height: 4 }],
  categories: [{ id: 3, name: "cat" }],
  annotations: [
    {
      id: 1,
      image_id: 7,
      category_id: 3,
      segmentation: { size: [4, 4], counts: [0, 3, 1, 1, 1, 1, 1, 3, 5] },
      attributes: { mood: "calm" },
    },
    { id: 2, image_id: 7, category_id: 3, bbox: [1, 1, 2, 2], keypoints: { odd: true } },
  ],
};

function cocoFile(document: object = COCO): { folder: string; path: string } {
  const folder = temporaryFolder();
  const path = join(folder, "in.json");
  writeFileSync(path, JSON.stringify(document));
  return { folder, path };
}

test("convert says what was kept, object by object", async () => {
  const { folder, path } = cocoFile();
  const out = join(folder, "out.json");
  const { code, result, talk } = await type(["convert", path, out, "--to", "lvis", "--polygons"]);
  expect({ code, talk }).toEqual({ code: 0, talk: `wrote ${out}\n` });
  expect(result.toString()).toMatchInlineSnapshot(`
    "                                                        kept  lost
    images                                                     1     0
    categories                                                 1     0
    objects                                                    2     0
    masks, as polygons                                         1     0
    boxes                                                      1     0
    attributes                                                 1     0
    attributes that are no texts, numbers or lists of them     0     1  not read
    "
  `);
  expect(readdirSync(folder).sort()).toEqual(["in.json", "out.json"]);
  expect(JSON.parse(readFileSync(out, "utf8")).images[0]).toMatchObject({
    id: 7,
    coco_url: "http://images.cocodataset.org/a/pets.jpg",
  });
});

test("a format of one file goes into a folder where the output has not its ending", async () => {
  const { folder, path } = cocoFile();
  const out = join(folder, "out");
  expect(await type(["convert", path, out, "--to", "lvis"])).toMatchObject({ code: 0 });
  expect(readdirSync(out)).toEqual(["lvis.json"]);
});

test("with --strict nothing is written where something would be lost", async () => {
  const { folder, path } = cocoFile();
  const out = join(folder, "out.json");
  const { code, talk } = await type(["convert", path, out, "--to", "coco", "--strict"]);
  expect(code).toBe(1);
  expect(talk).toMatchInlineSnapshot(`
    "error: convert: expected nothing to be lost (--strict), got losses from coco to coco; see the table. Nothing was written.
    "
  `);
  expect(readdirSync(folder)).toEqual(["in.json"]);
});

test("a file that is there stays, unless it may be replaced", async () => {
  const { folder, path } = cocoFile();
  const out = join(folder, "out.json");
  writeFileSync(out, "mine");
  const refused = await type(["convert", path, out, "--to", "coco"]);
  expect(refused.code).toBe(1);
  expect(refused.talk).toMatch(/^error: write: expected nothing at ".*out\.json", got a file\./);
  expect(readFileSync(out, "utf8")).toBe("mine");
  expect((await type(["convert", path, out, "--to", "coco", "--replace"])).code).toBe(0);
  expect(JSON.parse(readFileSync(out, "utf8")).annotations).toHaveLength(2);
  expect(readdirSync(folder).sort()).toEqual(["in.json", "out.json"]);
});

test("an archive goes out and comes in", async () => {
  const { folder, path } = cocoFile({ ...COCO, annotations: COCO.annotations.slice(0, 1) });
  const [zip, back] = [join(folder, "out.zip"), join(folder, "back.json")];
  const there = await type(["convert", path, zip, "--to", "coco", "--strict"]);
  const again = await type(["convert", zip, back, "--to", "coco", "--strict", "--json"]);
  expect([there.talk, again.talk]).toEqual([
    `wrote ${zip}: nothing was lost\n`,
    `wrote ${back}: nothing was lost\n`,
  ]);
  expect(JSON.parse(again.result.toString())).toMatchObject({ from: "coco", isLossless: true });
});

test("a fault is told with its file and its path, and leaves nothing", async () => {
  const { folder, path } = cocoFile({
    ...COCO,
    annotations: [{ ...COCO.annotations[0], category_id: 8 }],
  });
  const out = join(folder, "out.json");
  const { code, talk } = await type(["convert", path, out, "--to", "coco"]);
  expect({ code, talk }).toEqual({
    code: 1,
    talk: "error: in.json: annotations.0.category_id: expected the id of a category, got 8.\n",
  });
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(folder)).toEqual(["in.json"]);
});

test("a file without images is no data set of the format that is named", async () => {
  const { folder, path } = cocoFile({});
  const words = ["--from", "datumaro", "--to", "coco"];
  expect(await type(["convert", path, join(folder, "out.json"), ...words])).toMatchObject({
    code: 1,
    talk: "error: in.json: expected images in Datumaro JSON, got none. Is it of another format?\n",
  });
  expect(readdirSync(folder)).toEqual(["in.json"]);
});

test("no name in the annotations leads out of the output's folder", async () => {
  for (const name of ["../../evil.jpg", "/etc/evil.jpg", "C:\\evil.jpg"]) {
    const { folder, path } = cocoFile({
      ...COCO,
      images: [{ ...COCO.images[0], file_name: name }],
    });
    const out = join(folder, "inside", "out.json");
    mkdirSync(join(folder, "inside"));
    expect((await type(["convert", path, out, "--to", "coco"])).code).toBe(0);
    expect(JSON.parse(readFileSync(out, "utf8")).images[0].file_name).toBe("evil.jpg");
  }
  for (const name of ["nul.jpg", "a/con", "..", "a\u0000b.jpg"]) {
    const { path } = cocoFile({ ...COCO, images: [{ ...COCO.images[0], file_name: name }] });
    const { code, talk } = await type(["convert", path, `${path}.out.json`, "--to", "coco"]);
    expect({ code, talk }).toMatchObject({
      code: 1,
      talk: expect.stringContaining("in.json: images.0.file_name: expected the name of a file"),
    });
  }
});
