import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ReaderName, readerNames } from "../../src/data/index.ts";
import { annotate, reportSchema } from "../../src/evaluate/index.ts";
import { openModel } from "../../src/models/index.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import { openPicture } from "../../src/session/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { writeLayouts } from "./layouts.ts";
import { disc, HEIGHT, type Typed, type, WIDTH } from "./typed.ts";

const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };
const SIZE = { width: WIDTH, height: HEIGHT };
const folder = mkdtempSync(join(tmpdir(), "maskwise-layouts-"));
/** Of the one click that the object gets, and the mask that came of it. */
let expected = "";
let sets: Readonly<Record<ReaderName, string>>;

beforeAll(async () => {
  const picture = { ...SIZE, data: disc() };
  const inside = (_: unknown, at: number) => (picture.data[3 * at] > 100 ? 1 : 0);
  const mask = { ...SIZE, data: Uint8Array.from({ length: WIDTH * HEIGHT }, inside) };
  sets = await writeLayouts(folder, picture, mask);
  const { run } = interpreterDevice();
  const model = await openModel("colour");
  const annotation = await annotate(
    { picture, truth: mask },
    (opened) => openPicture(opened, model, { run }),
    { clicks: 1, now: () => 0 },
  );
  expected = annotation.fingerprint;
});
afterAll(() => rmSync(folder, { recursive: true }));

const evaluate = (path: string, ...words: readonly string[]): Promise<Typed> =>
  type(
    ["evaluate", "--data", path, "--model", "colour", "--clicks", "1", "--threads", "1", ...words],
    PATIENT,
  );

test.each(readerNames)(
  "the same object has the same clicks and masks in every layout: %s",
  async (name) => {
    const json = join(temporaryFolder(), "report.json");
    const { code, talk } = await evaluate(join(folder, name), "--json", json);
    expect({ code, talk }).toEqual({ code: 0, talk: "" });
    const report = reportSchema.parse(JSON.parse(readFileSync(json, "utf8")));
    expect(Object.keys(report.sets)).toEqual([sets[name]]);
    expect(report.sets[sets[name]]?.samples[0].hash).toBe(expected);
  },
);

test("one file of a set may be named instead of its folder", async () => {
  for (const path of ["coco/annotations/instances_val2017.json", "tar/val-00.tar"]) {
    const { code, result } = await evaluate(join(folder, path));
    expect(code).toBe(0);
    expect(result.toString()).toMatch(/^colour on (?:val2017|val)\n {2}1 objects/);
  }
});

test("a layout is named with --format; what is not there is told with what was looked for", async () => {
  const named = await evaluate(join(folder, "berkeley"), "--format", "folder");
  expect(named.result.toString()).toContain("colour on berkeley");
  const none = await evaluate(join(folder, "berkeley"), "--format", "sbd");
  expect(none.code).toBe(1);
  expect(none.talk).toMatch(
    /^error: berkeley: expected a data set, got images\/, masks\/\. Looked for\n {2}sbd: img\/\*\.jpg/,
  );
  const unknown = await evaluate(folder, "--format", "voc2012");
  expect(unknown.code).toBe(2);
  expect(unknown.talk).toContain("Allowed choices are training, index, lvis");
});

test("a crowd is listed and fails no strict run; a missing photo does", async () => {
  const place = temporaryFolder();
  const path = join(folder, "coco/annotations/instances_val2017.json");
  const document = JSON.parse(readFileSync(path, "utf8"));
  const [disc] = document.annotations;
  const annotations = [{ ...disc, id: 2, iscrowd: 1 }, disc];
  writeFileSync(join(place, "val2017.json"), JSON.stringify({ ...document, annotations }));
  writeFileSync(join(place, "disc.jpg"), readFileSync(join(folder, "coco/val2017/disc.jpg")));
  const crowd = await evaluate(place, "--strict");
  expect(crowd.code).toBe(0);
  expect(crowd.talk).toBe(
    "val2017: 1 skipped, which are not in the numbers\n  2: val2017.json: annotations.0: expected one object, got a crowd.\n",
  );
  const images = [{ ...document.images[0], file_name: "gone.jpg" }];
  writeFileSync(join(place, "val2017.json"), JSON.stringify({ ...document, images }));
  const gone = await evaluate(place, "--strict");
  expect(gone.code).toBe(1);
  expect(gone.talk).toMatch(
    /^error: evaluate: val2017 1: .*expected the photo gone\.jpg at one of/,
  );
});
