import fc from "fast-check";
import { expect, test } from "vitest";
import { randomNumbers } from "../../tensor/random.ts";
import { principalParts } from "./principalParts.ts";

const PLACES = 50;

/** Planes that mix a few random ones. */
function mixed(hidden: number, channels: number, seed: number): readonly Float32Array[] {
  const random = randomNumbers(seed);
  const some = (count: number) => Array.from({ length: count }, () => random() - 0.5);
  const sources = Array.from({ length: hidden }, () => some(PLACES));
  return Array.from({ length: channels }, () => {
    const weights = some(hidden);
    return Float32Array.from({ length: PLACES }, (_, i) =>
      weights.reduce((sum, weight, k) => sum + weight * sources[k][i], 3),
    );
  });
}

/** Squared, between two places. */
function distance(planes: readonly Float32Array[], a: number, b: number): number {
  return planes.reduce((sum, plane) => sum + (plane[a] - plane[b]) ** 2, 0);
}

const seeds = fc.integer({ min: 0, max: 2 ** 40 });

test("features that lie in few directions keep their distances in as many parts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), seeds, (hidden, seed) => {
      const planes = mixed(hidden, 20, seed);
      const parts = principalParts(planes, 6);
      expect(parts.length).toBeLessThanOrEqual(6);
      for (let place = 1; place < PLACES; place++) {
        const exact = distance(planes, 0, place);
        // Numbers of single precision about 3 in size, whose differences are squared.
        expect(Math.abs(distance(parts, 0, place) - exact)).toBeLessThan(1e-5 * (1 + exact));
      }
    }),
    { numRuns: 30 },
  );
});

test("what is kept of features that lie in many directions is no less than of any others", () => {
  const planes = mixed(20, 20, 5);
  const spread = (of: readonly Float32Array[]) =>
    of.reduce((sum, plane) => plane.reduce((own, value) => own + value ** 2, sum), 0);
  const all = principalParts(planes, 20);
  const largest = all.map((plane) => spread([plane])).sort((a, b) => b - a);
  const kept = spread(principalParts(planes, 5));
  expect(kept).toBeGreaterThan(largest.slice(0, 5).reduce((sum, own) => sum + own, 0));
  expect(kept).toBeLessThan(spread(all));
});

test("no more features than are wanted stay as they are, but for their means", () => {
  const parts = principalParts([Float32Array.of(1, 3), Float32Array.of(10, 10)], 2);
  expect(parts).toEqual([Float32Array.of(-1, 1), Float32Array.of(0, 0)]);
});

test("features that are everywhere alike have no parts", () => {
  const alike = Array.from({ length: 5 }, () => new Float32Array(4).fill(7));
  expect(principalParts(alike, 3)).toEqual([]);
});
