/** A thousand shapes on one photo, as they come from a project's folder. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Corner,
  editByHand,
  newSession,
  type Outline,
  readMaskFile,
  writePhoto,
} from "maskwise";
import { expect, onTestFinished, test } from "vitest";
import { serveAnnotator } from "../../src/server/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { browsing, PAGE } from "./browsing.ts";
import { SHAPES, shapesPng } from "./shapes.ts";

const start = browsing();

const FACTOR = 3;
const SIZE = { width: SHAPES.width * FACTOR, height: SHAPES.height * FACTOR };
const LABELS = ["red", "green", "blue", "grey"];
const [COLUMNS, ROWS, STEP, SIDE] = [40, 25, 24, 10];

/** Squares in rows, all labels in turn. */
function squares(label: number): readonly Outline[] {
  const all = Array.from({ length: COLUMNS * ROWS }, (_, i) => i);
  return all
    .filter((i) => i % LABELS.length === label)
    .map((i) => {
      const [x, y] = cornerOf(i);
      const corner = (dx: number, dy: number): Corner => ({ unit: "corner", x: x + dx, y: y + dy });
      return {
        outer: [corner(0, 0), corner(SIDE, 0), corner(SIDE, SIDE), corner(0, SIDE)],
        holes: [],
      };
    });
}

const cornerOf = (i: number) =>
  [6 + (i % COLUMNS) * STEP, 6 + Math.floor(i / COLUMNS) * STEP] as const;

/** The middle of a square. */
const inside = (i: number) => cornerOf(i).map((side) => side + SIDE / 2) as [number, number];

test("a thousand shapes are shown, looked at from near and far, changed and exported, each with its pixels", async () => {
  let session = newSession(SIZE, ["background", ...LABELS]);
  LABELS.forEach((says, label) => {
    session = editByHand(session, { kind: "polygons", outlines: squares(label), says });
  });
  const folder = temporaryFolder();
  writeFileSync(join(folder, "many.png"), shapesPng("many.png", FACTOR).buffer);
  mkdirSync(join(folder, "maskwise"));
  const record = writePhoto({ status: "to do", session, attributes: {}, isExported: false });
  writeFileSync(join(folder, "maskwise/many.png.json"), JSON.stringify(record));
  const served = await serveAnnotator({ paths: [folder], model: "colour", page: PAGE });
  onTestFinished(() => served.close());

  const annotator = await start({ address: served.url });
  const each = (COLUMNS * ROWS * SIDE ** 2) / LABELS.length;
  const before = (await annotator.mask())?.data ?? new Uint8Array();
  const areas = LABELS.map((_, i) => before.reduce((sum, own) => sum + Number(own === i + 1), 0));
  expect(areas).toEqual(LABELS.map(() => each));
  const colours = async () =>
    Promise.all([0, 1, 2, 3].map((i) => annotator.colourAt(...inside(i))));
  const far = await colours();
  expect(new Set(far.map(String)).size).toBe(LABELS.length);

  // Near, moved, and back, what is drawn is what was drawn.
  await annotator.moveTo(...inside(0));
  for (let i = 0; i < 3; i++) await annotator.page.mouse.wheel(0, -400);
  await annotator.drag(inside(1), inside(0), "middle");
  expect(await annotator.labelAt(...inside(2))).toBe("blue");
  await annotator.press("Home");
  expect(await colours()).toEqual(far);

  await annotator.label("green").locator(".name").click();
  await annotator.press("Shift+f");
  await annotator.press("Shift+d");
  expect(await annotator.area("green")).toBe(SIDE ** 2);
  await annotator.press("Control+z");
  const { bytes } = await annotator.exported("coco");
  expect(Buffer.from(before).equals(readMaskFile(bytes).mask.data)).toBe(true);
});
