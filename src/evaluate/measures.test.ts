import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawnMask } from "../../test/drawnMask.ts";
import { IGNORE, type Truth } from "../clicks/truth.ts";
import type { Mask, Plane } from "../image/pixels.ts";
import { randomNumbers } from "../tensor/random.ts";
import { bootstrapInterval } from "./bootstrap.ts";
import { BOUNDARY_SHARE, boundaryOverlap } from "./boundary.ts";
import { CALIBRATION_BINS, calibration } from "./calibration.ts";
import { overlap } from "./overlap.ts";

/** The definition, pixel by pixel: set, and something that is not set, or beyond the border, at most `reach` away. */
function slowOutline({ width, height, data }: Mask, reach: number): Mask {
  const isSet = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  const isEdge = (x: number, y: number) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) if (!isSet(x + dx, y + dy)) return true;
    }
    return false;
  };
  const edge = data.map((value, at) =>
    value === 1 && isEdge(at % width, Math.floor(at / width)) ? 1 : 0,
  );
  return { width, height, data: edge };
}

const twoMasks = fc.integer({ min: 1, max: 40 }).chain((width) =>
  fc.integer({ min: 1, max: 90 }).chain((height) => {
    const length = width * height;
    // Long runs, so that there is an inside.
    const mask = fc
      .array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 })
      .map((runs): Mask => {
        const data = new Uint8Array(length);
        let at = 0;
        runs.forEach((run, i) => {
          data.fill(i % 2, at, at + run);
          at += run;
        });
        return { width, height, data };
      });
    return fc.tuple(mask, mask);
  }),
);

test("boundary overlap is that of the outlines, by the definition", () => {
  fc.assert(
    fc.property(twoMasks, ([truth, mask]) => {
      const reach = Math.max(1, Math.round(BOUNDARY_SHARE * Math.hypot(mask.width, mask.height)));
      expect(boundaryOverlap(truth)(mask)).toEqual(
        overlap(slowOutline(truth, reach), slowOutline(mask, reach)),
      );
    }),
    { numRuns: 200 },
  );
});

test("boundary overlap leaves ignored pixels out", () => {
  const truth = { width: 4, height: 1, data: Uint8Array.of(1, 1, IGNORE, 0) };
  expect(boundaryOverlap(truth)(drawnMask("#.##"))).toEqual({ intersection: 1, union: 3 });
});

const planeOf = (...values: readonly number[]): Plane => ({
  width: values.length,
  height: 1,
  data: Float32Array.from(values),
});

test("calibration by hand: two bins, one right on average, one wrong by a quarter", () => {
  const truth: Truth = { width: 5, height: 1, data: Uint8Array.of(1, 0, 1, 1, IGNORE) };
  const { brier, ece } = calibration(truth, planeOf(0.5, 0.5, 0.75, 0.75, 0));
  expect(brier).toBeCloseTo((0.25 + 0.25 + 0.0625 + 0.0625) / 4, 12);
  expect(ece).toBeCloseTo((0 + 2 * 0.25) / 4, 12);
});

test("who is sure and right is calibrated, who is sure and wrong is not", () => {
  fc.assert(
    fc.property(anyMask(), (truth) => {
      const plane = (value: (label: number) => number): Plane => ({
        ...truth,
        data: Float32Array.from(truth.data, value),
      });
      expect(
        calibration(
          truth,
          plane((label) => label),
        ),
      ).toEqual({ brier: 0, ece: 0 });
      expect(
        calibration(
          truth,
          plane((label) => 1 - label),
        ),
      ).toEqual({ brier: 1, ece: 1 });
    }),
  );
});

test("the share of the object said everywhere is calibrated, however useless", () => {
  const truth = drawnMask("#...", "#...");
  const { brier, ece } = calibration(truth, { ...truth, data: new Float32Array(8).fill(0.25) });
  expect(ece).toBe(0);
  expect(brier).toBeCloseTo(0.25 * 0.75, 12);
});

test("a probability of 1 belongs to the last bin", () => {
  const low = 1 - 0.5 / CALIBRATION_BINS;
  const { ece } = calibration(drawnMask("#."), planeOf(1, low));
  expect(ece).toBeCloseTo((1 + low - 1) / 2, 6);
});

test("an interval holds the mean of equal values and nothing else", () => {
  expect(bootstrapInterval([3, 3, 3], randomNumbers(1))).toEqual([3, 3]);
  expect(bootstrapInterval([], randomNumbers(1))).toBeUndefined();
});

test("a seed gives the same interval again, another one nearly the same", () => {
  const values = Array.from({ length: 100 }, (_, i) => i);
  const [from, to] = bootstrapInterval(values, randomNumbers(1)) ?? [];
  expect(bootstrapInterval(values, randomNumbers(1))).toEqual([from, to]);
  // Standard error of the mean: 28.9 / 10. A normal interval is 49.5 ± 1.96 × 2.89 = 43.8 to 55.2;
  // ends of 1,000 resamples scatter by about 0.25.
  expect(from).toBeGreaterThan(43);
  expect(from).toBeLessThan(44.7);
  expect(to).toBeGreaterThan(54.3);
  expect(to).toBeLessThan(56);
});

test("intervals of 95 % hold the true mean about 95 times in 100", () => {
  const random = randomNumbers(5);
  const runs = 300;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const values = Array.from({ length: 50 }, () => random());
    const [from, to] = bootstrapInterval(values, random, 300) ?? [1, 0];
    if (from <= 0.5 && 0.5 <= to) held++;
  }
  // Percentile intervals of 50 values hold a little less; four standard errors of 300 runs are 5 %.
  expect(held / runs).toBeGreaterThan(0.88);
  expect(held / runs).toBeLessThan(1);
});
