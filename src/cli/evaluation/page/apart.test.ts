import fc from "fast-check";
import { expect, test } from "vitest";
import { apart } from "./apart.ts";

const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 12 });

test("labels stand apart, in their order, and are moved no more than together", () => {
  fc.assert(
    fc.property(values, (wanted) => {
      const places = apart(wanted, 5);
      const inOrder = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
      inOrder.slice(1).forEach((i, k) => {
        expect(places[i] - places[inOrder[k]]).toBeGreaterThan(5 - 1e-9);
      });
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      expect(sum(places)).toBeCloseTo(sum(wanted), 6);
    }),
  );
});

test("who stands apart already stays; two at one place go half of the way each", () => {
  expect(apart([10, 0, 20], 5)).toEqual([10, 0, 20]);
  expect(apart([3, 50, 3], 4)).toEqual([1, 50, 5]);
});
