import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { writeMaskPng } from "../../src/formats/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { contents, grey, HEIGHT, type as typeNow, WIDTH, writePhoto } from "./typed.ts";

/** Threads take long to start where others use the machine, too. */
vi.setConfig({ testTimeout: 600_000 });

/** Nobody presses Ctrl-C. */
const type = (words: readonly string[], terminal: Parameters<typeof typeNow>[1] = {}) =>
  typeNow(words, { interrupted: () => new Promise(() => {}), ...terminal });

/** The disc of the photo: centre (20, 20), radius 10. */
const BOX = "9,9,31,31";

/** A folder with so many photos of the disc and a table of boxes, to which more rows may be added. */
async function photos(count: number, ...rows: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "photos"));
  for (let i = 1; i <= count; i++) await writePhoto(join(folder, "photos", `${i}.png`));
  const boxes = Array.from({ length: count }, (_, i) => `${i + 1}.png,disc,${BOX}`);
  writeFileSync(
    join(folder, "boxes.csv"),
    ["picture,label,x0,y0,x1,y1", ...boxes, ...rows, ""].join("\n"),
  );
  return folder;
}

/** The masks in a folder of results. */
const pngs = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".png"))
    .sort()
    .map((name) => join(folder, name));

const words = (folder: string, ...more: readonly string[]) => [
  "batch",
  join(folder, "photos"),
  "--prompts",
  "boxes",
  "--from",
  join(folder, "boxes.csv"),
  "--model",
  "colour",
  "--workers",
  "1",
  ...more,
];

test("boxes become masks, a file per object, and nothing is written over", async () => {
  const folder = await photos(2);
  const out = join(folder, "masks");
  // As a process leaves it that is killed before its first file is whole.
  mkdirSync(`${out}.parts`);
  writeFileSync(`${out}.parts/batch.lock`, "");
  const run = await type(words(folder, "--out", out));
  expect(run).toMatchObject({ code: 0 });
  expect(run.talk).toContain(`2 of 2 pictures done\nwrote ${out}\n`);
  expect(pngs(out)).toHaveLength(2);
  const { data } = await grey(pngs(out)[0]);
  expect([data[20 * WIDTH + 20], data[5 * WIDTH + 20], data[20 * WIDTH + 50]]).toEqual([255, 0, 0]);
  const before = pngs(out).map((path) => readFileSync(path));
  expect(Object.keys(contents(folder))).toEqual(["boxes.csv", "masks", "photos"]);
  const again = await type(words(folder, "--out", out));
  expect(again.talk).toContain("expected --out to name something new");
  expect(pngs(out).map((path) => readFileSync(path))).toEqual(before);
});

test("what fails is told and listed, nothing of it is written, and it is tried again", async () => {
  const folder = await photos(
    2,
    `gone.png,disc,${BOX}`,
    `broken.png,disc,${BOX}`,
    "2.png,disc,70,0,80,9",
  );
  const broken = readFileSync(join(folder, "photos/1.png")).subarray(0, 100);
  writeFileSync(join(folder, "photos/broken.png"), broken);
  const out = join(folder, "all.json");
  const run = await type(words(folder, "--out", out));
  expect(run.code).toBe(1);
  expect(run.talk).toContain("1 of 4 pictures done, 3 failed\n");
  const { failed, complete } = JSON.parse(readFileSync(`${out}.parts/batch.json`, "utf8"));
  expect(complete).toBe(true);
  expect(failed).toEqual([
    {
      picture: "2.png",
      reason: `object 2: expected a box that meets the picture of ${WIDTH}×${HEIGHT}, got one from (70, 0) to (80, 9).`,
    },
    { picture: "gone.png", reason: expect.stringContaining("it does not exist") },
    { picture: "broken.png", reason: expect.stringContaining("damaged or truncated") },
  ]);
  expect(Object.keys(contents(`${out}.parts`))).toEqual(["1.json", "batch.json"]);
  expect(JSON.parse(readFileSync(out, "utf8")).images).toHaveLength(1);
  const other = await type(words(folder, "--out", out, "--device", "interpreter"));
  expect(other.talk).toContain("was begun with, got other --device. Name another --out");
  for (const name of ["gone", "broken"]) await writePhoto(join(folder, `photos/${name}.png`));
  const again = await type(words(folder, "--out", out));
  expect(again.talk).toContain("1 of 4 pictures are done already.");
  expect(again.talk).toContain("3 of 4 pictures done, 1 failed\n");
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
    images: [1, 3, 4].map((id) => ({ id })),
    categories: [{ id: 1, name: "disc" }],
    annotations: [1, 3, 4].map((image_id) => ({ image_id, category_id: 1 })),
  });
});

test("Ctrl-C keeps what was done, and the same command makes the same as if nothing had been", async () => {
  const folder = await photos(4);
  const whole = join(folder, "whole.json");
  expect((await type(words(folder, "--out", whole))).code).toBe(0);
  const out = join(folder, "stopped.json");
  const stopped = await type(words(folder, "--out", out), { interrupted: () => Promise.resolve() });
  expect(stopped.code).toBe(1);
  expect(stopped.talk).toMatch(/got stopped after [0-3] of 4 pictures.+the same command goes on/);
  expect((await type(words(folder, "--out", out))).code).toBe(0);
  expect(readFileSync(out)).toEqual(readFileSync(whole));
  expect(Object.keys(contents(folder))).not.toContain("stopped.json.parts");
});

test("masks are refined from where they are", async () => {
  const folder = await photos(1);
  mkdirSync(join(folder, "rough"));
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 12; y <= 28; y++) data.fill(1, y * WIDTH + 12, y * WIDTH + 29);
  const rough = writeMaskPng(
    { width: WIDTH, height: HEIGHT, data },
    { labels: ["background", "disc"] },
  );
  writeFileSync(join(folder, "rough/1.png"), rough);
  const out = join(folder, "refined");
  const run = await type([
    ...["batch", join(folder, "photos"), "--prompts", "masks", "--from", join(folder, "rough")],
    ...["--out", out, "--model", "colour", "--workers", "1"],
  ]);
  expect(run).toMatchObject({ code: 0 });
  const refined = await grey(pngs(out)[0]);
  expect(refined.data[20 * WIDTH + 20]).toBe(255);
  expect(refined.data[35 * WIDTH + 50]).toBe(0);
});

test("what cannot work is refused before any work", async () => {
  const folder = await photos(1);
  const told = async (...more: readonly string[]) => {
    const { code, talk } = await type(more);
    return `${code} ${talk.trim().replaceAll(folder, "…")}`;
  };
  const out = join(folder, "out");
  const all = join(folder, "photos");
  expect([
    await told("batch", all, "--prompts", "none", "--out", out),
    await told("batch", all, "--prompts", "boxes", "--out", out),
    await told("batch", join(folder, "nowhere"), "--prompts", "boxes", "--out", out),
    await told(...words(folder, "--out", all)),
    await told(...words(folder, "--out", out, "--workers", "queue=redis://here")),
    await told(...words(folder, "--out", out, "--model", join(folder, "none.onnx"))),
  ]).toMatchInlineSnapshot(`
    [
      "2 error: option '--prompts <kinds>' argument 'none' is invalid. Maskwise does not find objects that nobody points at. Bring boxes from a detector, points or masks.",
      "2 error: --from: expected a file that says where the objects are (COCO JSON, JSON or CSV), got none.",
      "1 error: dataFiles: expected a data set at "…/nowhere", got nothing: it does not exist. Check the path.",
      "1 error: batch: expected --out to name something new, got "…/photos", where there is 1.png. Name another.",
      "2 error: option '--workers <number|queue=URL>' argument 'queue=redis://here' is invalid. Expected a whole number from 1, or queue=postgres://….",
      "1 error: batch: expected a model in a file at "…/none.onnx", got nothing: it does not exist. Check the path.",
    ]
  `);
  expect(Object.keys(contents(folder))).toEqual(["boxes.csv", "photos"]);
});
