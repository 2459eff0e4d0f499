import fc from "fast-check";
import { expect, test } from "vitest";
import { numbersOf, written } from "../../test/support/drawnMixture.ts";
import type { Node } from "../graph/node.ts";
import { constant } from "../graph/operations/constant.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { tensor } from "../tensor/hostTensor.ts";
import { gridPositions, linePositions } from "./positions.ts";

const ORDER = ["channels", "queries", "keys"];

/** A table whose entries tell their own place: 0, 1, 2, … plus a hundred per channel. */
function counting(offsets: number, channels = 1, step = 1): Node {
  const data = Float64Array.from(
    { length: channels * offsets },
    (_, at) => step * (at % offsets) + 100 * Math.floor(at / offsets),
  );
  return constant(tensor({ channels, offsets }, data));
}

test("along a line, what counts is how far the unit lies to the right of the token", () => {
  const positions = linePositions(written(["channels", "offsets"], [[-2, -1, 0, 1, 2]]), {
    queries: 3,
    keys: 3,
  });
  expect(numbersOf(reorder(positions, ORDER))).toEqual([0, 1, 2, -1, 0, 1, -2, -1, 0]);
});

test("on a grid, rows and columns add up", () => {
  const tableY = written(["channels", "offsets"], [[-10, 0, 10]]);
  const tableX = written(["channels", "offsets"], [[-1, 0, 1]]);
  const positions = gridPositions(tableY, tableX, { height: 2, width: 2 });
  // From the top-left token: itself, right, below, below right.
  expect(numbersOf(reorder(positions, ORDER)).slice(0, 4)).toEqual([0, 1, 10, 11]);
  // From the bottom-right one: above left, above, left, itself.
  expect(numbersOf(reorder(positions, ORDER)).slice(-4)).toEqual([-11, -10, -1, 0]);
});

test("moving token and unit together changes nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (queries, keys) => {
      const table = counting(queries + keys - 1, 2);
      const numbers = numbersOf(reorder(linePositions(table, { queries, keys }), ORDER));
      const at = (c: number, i: number, j: number): number => numbers[(c * queries + i) * keys + j];
      for (let i = 1; i < queries; i++) {
        for (let j = 1; j < keys; j++) {
          expect(at(0, i, j)).toBe(at(0, i - 1, j - 1));
          expect(at(1, i, j)).toBe(at(0, i, j) + 100);
        }
      }
      expect(Math.min(...numbers.slice(0, queries * keys))).toBe(0);
      expect(Math.max(...numbers.slice(0, queries * keys))).toBe(queries + keys - 2);
    }),
  );
});

test("a grid of one row is a line, plus one entry for staying in the row", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (width) => {
      const tableX = counting(2 * width - 1);
      const line = numbersOf(
        reorder(linePositions(tableX, { queries: width, keys: width }), ORDER),
      );
      const stay = written(["channels", "offsets"], [[7]]);
      const row = gridPositions(stay, tableX, { height: 1, width });
      const column = gridPositions(tableX, stay, { height: width, width: 1 });
      const expected = line.map((entry) => entry + 7);
      expect(numbersOf(reorder(row, ORDER))).toEqual(expected);
      expect(numbersOf(reorder(column, ORDER))).toEqual(expected);
    }),
  );
});

test("a table of another length is refused, with the length it should have", () => {
  const table = counting(4);
  const size = { height: 2, width: 3 };
  expect(() => linePositions(table, { queries: 3, keys: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linePositions: expected table to have 5 offsets (queries + keys − 1), got 4.]`,
  );
  expect(() => gridPositions(table, table, size)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: gridPositions: expected tableY to have 3 offsets (2 · height − 1), got 4.]`,
  );
  expect(() => gridPositions(counting(3), table, size)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: gridPositions: expected tableX to have 5 offsets (2 · width − 1), got 4.]`,
  );
});
