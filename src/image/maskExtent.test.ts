import { expect, test } from "vitest";
import { drawnMask } from "../../test/drawnMask.ts";
import { boundingBox, maskArea } from "./maskExtent.ts";

const MASK = drawnMask(
  "......", //
  "..#.2.",
  ".#....",
  "...#..",
);

test("the area of a label is the number of its pixels", () => {
  expect([maskArea(MASK), maskArea(MASK, 2), maskArea(MASK, 7)]).toEqual([3, 1, 0]);
});

test("the bounding box touches the label on all sides", () => {
  expect(boundingBox(MASK)).toEqual({ left: 1, top: 1, width: 3, height: 3 });
  expect(boundingBox(MASK, 2)).toEqual({ left: 4, top: 1, width: 1, height: 1 });
});

test("a label that is nowhere has no box", () => {
  expect(boundingBox(MASK, 7)).toBeUndefined();
});
