import fc from "fast-check";
import { expect, test } from "vitest";
import { apart } from "./apart.ts";

const BOUNDS = [-100, 100] as const;
const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 30 });

test("labels stand apart, in their order and within bounds", () => {
  fc.assert(
    fc.property(values, (wanted) => {
      const places = apart(wanted, 9, BOUNDS);
      const gap = Math.min(9, 200 / Math.max(1, wanted.length - 1));
      const inOrder = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
      inOrder.slice(1).forEach((i, k) => {
        expect(places[i] - places[inOrder[k]]).toBeGreaterThan(gap - 1e-9);
      });
      for (const place of places) expect(Math.abs(place)).toBeLessThan(100 + 1e-9);
    }),
  );
});

test("who stands apart already stays; two at one place go half of the way each", () => {
  expect(apart([10, 0, 20], 5, BOUNDS)).toEqual([10, 0, 20]);
  expect(apart([3, 50, 3], 4, BOUNDS)).toEqual([1, 50, 5]);
  expect(apart([100, 100, 0], 4, BOUNDS)).toEqual([96, 100, 0]);
});
