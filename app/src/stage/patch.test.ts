import fc from "fast-check";
import { expect, test } from "vitest";
import { patchFor, type Sight, sampleAt, suffices } from "./patch.ts";

const sights: fc.Arbitrary<Sight> = fc
  .record({
    width: fc.integer({ min: 1, max: 9000 }),
    height: fc.integer({ min: 1, max: 7000 }),
    scale: fc.double({ min: 0.05, max: 64, noNaN: true }),
    left: fc.double({ min: 0, max: 1, noNaN: true }),
    top: fc.double({ min: 0, max: 1, noNaN: true }),
    density: fc.constantFrom(1, 1.5, 2),
  })
  .map(({ width, height, scale, left, top, density }) => ({
    picture: { width, height },
    stage: { width: 1200, height: 800 },
    // Some point of the picture is in the middle of the stage.
    frame: { scale, x: 600 - left * width * scale, y: 400 - top * height * scale },
    density,
  }));

test("a small picture gets one overlay, pixel by pixel, that serves at every zoom", () => {
  const sight: Sight = {
    picture: { width: 640, height: 480 },
    stage: { width: 1200, height: 800 },
    frame: { scale: 30, x: -900, y: -5000 },
    density: 2,
  };
  expect(patchFor(sight)).toEqual({ x: 0, y: 0, columns: 640, rows: 480, step: 1 });
});

test("a patch serves the sight it was made for, and is never huge", () => {
  fc.assert(
    fc.property(sights, (sight) => {
      const patch = patchFor(sight);
      expect(suffices(patch, sight)).toBe(true);
      // Twice the stage in both directions, at up to two steps less than a device pixel each.
      expect(patch.columns * patch.rows).toBeLessThan(
        4 * 4 * 1200 * 800 * sight.density ** 2 + 4e6,
      );
    }),
  );
});

test("all samples of a patch lie in the picture", () => {
  fc.assert(
    fc.property(sights, (sight) => {
      const { x, y, columns, rows, step } = patchFor(sight);
      const { width, height } = sight.picture;
      expect(sampleAt(x, 0, step, width)).toBeGreaterThanOrEqual(0);
      expect(sampleAt(y, 0, step, height)).toBeGreaterThanOrEqual(0);
      expect(sampleAt(x, columns - 1, step, width)).toBeLessThan(width);
      expect(sampleAt(y, rows - 1, step, height)).toBeLessThan(height);
    }),
  );
});
