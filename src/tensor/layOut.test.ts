import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryTensors, at, tensorOf, together } from "../../test/support/namedTensors.ts";
import { tensor } from "./hostTensor.ts";
import { layOut } from "./layOut.ts";

test("a matrix laid out by columns", () => {
  const matrix = tensor({ queries: 2, keys: 3 }, [1, 2, 3, 4, 5, 6]);
  const byColumns = layOut(matrix, [
    { name: "keys", size: 3 },
    { name: "queries", size: 2 },
  ]);
  expect(Array.from(byColumns)).toEqual([1, 4, 2, 5, 3, 6]);
});

test("any order of axes, and any further axes, hold the same entries by name", () => {
  fc.assert(
    fc.property(arbitraryTensors(2), ([a, b]) => {
      const axes = together(b.axes, a.axes);
      const expected = tensorOf(axes, (place) => at(a, place));
      expect(Array.from(layOut(a, axes))).toEqual(Array.from(expected.data));
    }),
  );
});

test("nothing is copied when only axes of size 1 move", () => {
  const row = tensor({ queries: 1, keys: 3 }, [1, 2, 3]);
  const column = [
    { name: "keys", size: 3 },
    { name: "queries", size: 1 },
  ];
  expect(layOut(row, column)).toBe(row.data);
});

test("large matrices, more than a cache holds, are turned entry by entry", () => {
  const rows = 301;
  const columns = 517;
  const data = Float32Array.from({ length: rows * columns }, (_, i) => i);
  const turned = layOut(tensor({ rows, columns }, data), [
    { name: "columns", size: columns },
    { name: "rows", size: rows },
  ]);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      if (turned[c * rows + r] !== r * columns + c) throw new Error(`wrong at ${c}, ${r}`);
    }
  }
});
