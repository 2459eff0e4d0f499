import fc from "fast-check";
import { expect, test } from "vitest";
import { pixel } from "../image/pixels.ts";
import type { Explanation } from "../models/explanation.ts";
import { changedPixels, GAINED, LOST, SWITCHED } from "./changedPixels.ts";
import { suggestClicks } from "./suggestClicks.ts";
import { whyPixel } from "./whyPixel.ts";

const SIZE = { width: 20, height: 14 };

/** Shares of three sources on a small grid, each place summing to one. */
const explanations = fc
  .array(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 })), {
    minLength: 12,
    maxLength: 12,
  })
  .map((places): Explanation => {
    const shares = new Float32Array(36);
    places.forEach((weights, place) => {
      const total = weights[0] + weights[1] + weights[2];
      weights.forEach((weight, source) => {
        shares[source * 12 + place] = weight / total;
      });
    });
    const looks = { kind: "looks", label: "cat" } as const;
    return {
      width: 4,
      height: 3,
      sources: [{ kind: "model" }, { kind: "start" }, looks],
      shares,
    };
  });

test("the reasons of any pixel sum to one, the weightiest first", () => {
  fc.assert(
    fc.property(explanations, fc.nat(19), fc.nat(13), (explanation, x, y) => {
      const shares = whyPixel(explanation, pixel(x, y), SIZE).map(({ share }) => share);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    }),
  );
  const [explanation] = fc.sample(explanations, 1);
  expect(() => whyPixel(explanation, pixel(20, 0), SIZE)).toThrow(/20×14, got \(20, 0\)/);
});

const planes = fc
  .array(fc.constantFrom(0, 0.2, 0.6, 1), { minLength: 48, maxLength: 48 })
  .map((values) => ({ width: 8, height: 6, data: Float32Array.from(values) }));

test("every suggested place is undecided, and the first region has the most entropy", () => {
  fc.assert(
    fc.property(planes, (plane) => {
      const places = suggestClicks(plane, { count: 4 });
      expect(places.length > 0).toBe(plane.data.some((value) => value >= 0.5));
      for (const { at } of places) expect(plane.data[at.y * 8 + at.x]).toBeGreaterThanOrEqual(0.5);
      const entropies = places.map(({ entropy }) => entropy);
      expect(entropies).toEqual(entropies.toSorted((a, b) => b - a));
    }),
  );
});

test("of two undecided regions the larger is suggested, in its middle", () => {
  const data = new Float32Array(20 * 14);
  for (let y = 2; y < 11; y++) for (let x = 1; x < 10; x++) data[y * 20 + x] = 0.9;
  for (let y = 3; y < 6; y++) for (let x = 14; x < 17; x++) data[y * 20 + x] = 1;
  const [best, second] = suggestClicks({ ...SIZE, data }, { count: 2 });
  expect([best.at, best.area]).toEqual([pixel(5, 6), 81]);
  expect([second.at, second.area]).toEqual([pixel(15, 4), 9]);
  expect(suggestClicks({ ...SIZE, data: new Float32Array(280) })).toEqual([]);
  expect(() => suggestClicks({ ...SIZE, data }, { threshold: 0 })).toThrow(RangeError);
});

const masks = fc
  .array(fc.nat(2), { minLength: 12, maxLength: 12 })
  .map((values) => ({ width: 4, height: 3, data: Uint8Array.from(values) }));
const LABELS = ["background", "cat", "dog"];

test("what one mask gained on another, the other lost on it", () => {
  fc.assert(
    fc.property(masks, masks, (one, other) => {
      const there = changedPixels({ mask: one, labels: LABELS }, { mask: other, labels: LABELS });
      const back = changedPixels({ mask: other, labels: LABELS }, { mask: one, labels: LABELS });
      expect([there.gained, there.lost, there.switched]).toEqual([
        back.lost,
        back.gained,
        back.switched,
      ]);
      const same = changedPixels({ mask: one, labels: LABELS }, { mask: one, labels: LABELS });
      expect(same.data.every((change) => change === 0)).toBe(true);
    }),
  );
});

test("labels are compared by name: one that got another number has not changed", () => {
  const before = { mask: { width: 4, height: 1, data: Uint8Array.of(0, 1, 2, 2) }, labels: LABELS };
  const now = {
    mask: { width: 4, height: 1, data: Uint8Array.of(1, 0, 1, 2) },
    labels: ["background", "dog", "fox"],
  };
  expect([...changedPixels(before, now).data]).toEqual([GAINED, LOST, 0, SWITCHED]);
  expect(changedPixels(undefined, now).gained).toBe(3);
});
