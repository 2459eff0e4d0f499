import { expect, test } from "vitest";
import { memoryFolder } from "../../../test/support/memoryFolder.ts";
import { dataSetsIn } from "../dataSets.ts";
import { readerNames, readers } from "./table.ts";

const GRABCUT = { "data_GT/a.bmp": "", "boundary_GT/a.bmp": "" };
const MINE = { "images/a.jpg": "", "masks/a.png": "" };

/** The same files in a folder inside. */
const inside = (folder: string, files: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(files).map(([path, file]) => [`${folder}/${path}`, file]));

test("several sets may lie beside each other", async () => {
  const sets = await dataSetsIn(
    memoryFolder({
      ...inside("GrabCut", GRABCUT),
      ...inside("mine", MINE),
      ...inside("Berkeley", MINE),
      "notes/readme.txt": "",
    }),
  );
  expect(sets.map(({ name }) => name)).toEqual(["berkeley", "grabcut", "mine"]);
});

test("sets of one name are refused", async () => {
  const files = { ...inside("GrabCut", GRABCUT), ...inside("GrabCut2", GRABCUT) };
  await expect(dataSetsIn(memoryFolder(files, "sets"))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: sets: expected sets of different names, got "grabcut" twice. Name one of the folders inside it.]`,
  );
});

test("a folder that is none says what is there and what was looked for", async () => {
  const files = { "a.jpg": "", "sub/b.jpg": "", "masks/a.png": "" };
  const message = await dataSetsIn(memoryFolder(files, "photos")).catch((error) => error.message);
  expect(message).toMatch(
    /^photos: expected a data set, got masks\/, sub\/, a\.jpg\. Looked for\n/,
  );
  for (const name of readerNames)
    expect(message).toContain(`\n  ${name}: ${readers[name].looksFor}`);
});

test("a layout may be named, and then nothing else is looked for", async () => {
  const [set] = await dataSetsIn(memoryFolder(MINE, "elsewhere"), "berkeley");
  expect(set.name).toBe("berkeley");
  const message = await dataSetsIn(memoryFolder(MINE), "voc").catch((error) => error.message);
  expect(message.split("\n").slice(1)).toEqual([`  voc: ${readers.voc.looksFor}`]);
});

test("an index is recognised before what it names", async () => {
  const row = { set: "davis", id: "a", image: "images/a.jpg", mask: "masks/a.png" };
  const index = [{ ...row, width: 1, height: 1 }];
  const [set] = await dataSetsIn(memoryFolder({ ...MINE, "index.json": index }));
  expect([set.name, set.count]).toEqual(["davis", 1]);
  await expect(dataSetsIn(memoryFolder({ ...MINE, "index.json": "{" }))).rejects.toThrow(
    /^index\.json: expected JSON/,
  );
});
