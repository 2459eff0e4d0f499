import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import { type Connectivity, components } from "./components.ts";
import { fillHoles } from "./fillHoles.ts";
import type { Mask } from "./pixels.ts";

const numbered = (mask: Mask, connectivity: Connectivity) => {
  const { width, height, data } = components(mask, connectivity);
  return drawing({ width, height, data: Uint8Array.from(data) });
};

test("over edges, pixels that meet in a corner are apart; over corners, they hang together", () => {
  const mask = drawnMask(
    "#..#", //
    ".#.#",
    "#..#",
  );
  expect(numbered(mask, 4)).toEqual(["#..2", ".3.2", "4..2"]);
  expect(numbered(mask, 8)).toEqual(["#..2", ".#.2", "#..2"]);
});

test("arms that meet late are one component, numbered by its first pixel", () => {
  const mask = drawnMask(
    "..#...#", //
    "#.#.#.#",
    "#.###.#",
    "#.....#",
    "#######",
  );
  expect(numbered(mask, 4)).toEqual(["..#...2", "2.#.#.2", "2.###.2", "2.....2", "2222222"]);
});

test("different labels never hang together", () => {
  expect(numbered(drawnMask("1122", "1.12"), 4)).toEqual(["##22", "#.32"]);
});

test("two pixels have one number exactly where a path of their label joins them", () => {
  fc.assert(
    fc.property(anyMask(2, 9), fc.constantFrom<Connectivity>(4, 8), (mask, connectivity) => {
      const { data, count } = components(mask, connectivity);
      const flooded = flood(mask, connectivity);
      expect(Array.from(data)).toEqual(flooded);
      expect(count).toBe(Math.max(0, ...flooded));
    }),
  );
});

/** The definition, one flood at a time. */
function flood({ width, data }: Mask, connectivity: Connectivity): number[] {
  const numbers = Array.from(data, () => 0);
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || numbers[start] !== 0) continue;
    count++;
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      numbers[at] = count;
      const from = at;
      const near = Array.from(data.keys()).filter((to) => {
        const dx = Math.abs((to % width) - (from % width));
        const dy = Math.abs(Math.floor(to / width) - Math.floor(from / width));
        return connectivity === 4 ? dx + dy === 1 : Math.max(dx, dy) === 1;
      });
      open.push(...near.filter((to) => data[to] === data[start] && numbers[to] === 0));
    }
  }
  return numbers;
}

test("a hole is background that cannot reach the border", () => {
  const mask = drawnMask(
    "######.", //
    "#..#.#.",
    "#.2##..",
    "#..#.##",
    "####.#.",
  );
  expect(drawing(fillHoles(mask))).toEqual([
    "######.", //
    "######.",
    "##2##..",
    "####.##",
    "####.#.",
  ]);
});

test("what is filled has no holes left", () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      const filled = fillHoles(mask);
      expect(fillHoles(filled)).toEqual(filled);
      mask.data.forEach((value, at) => {
        if (value === 1) expect(filled.data[at]).toBe(1);
      });
    }),
  );
});

test("a hole that is to be kept stays open", () => {
  const mask = drawnMask(
    "#####", //
    "#.#.#",
    "#####",
  );
  expect(drawing(fillHoles(mask, 1, [5 + 3]))).toEqual(["#####", "###.#", "#####"]);
});
