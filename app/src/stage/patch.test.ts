import fc from "fast-check";
import { expect, test } from "vitest";
import { patchFor, type Sight, sampleAt } from "./patch.ts";

const sights: fc.Arbitrary<Sight> = fc
  .record({
    width: fc.integer({ min: 1, max: 12_000 }),
    height: fc.integer({ min: 1, max: 9000 }),
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

test("magnified, a patch is what is in sight, pixel by pixel", () => {
  const sight: Sight = {
    picture: { width: 640, height: 480 },
    stage: { width: 1200, height: 800 },
    frame: { scale: 30, x: -900, y: -5000 },
    density: 2,
  };
  expect(patchFor(sight)).toEqual({ x: 30, y: 166, columns: 40, rows: 28, step: 1 });
});

test("a patch covers all that is in sight, and has no more samples than that needs", () => {
  fc.assert(
    fc.property(sights, (sight) => {
      const { frame, picture, stage, density } = sight;
      const patch = patchFor(sight);
      const inSight = (at: number, end: number) => Math.min(end, Math.max(0, at));
      const right = inSight((stage.width - frame.x) / frame.scale, picture.width);
      const bottom = inSight((stage.height - frame.y) / frame.scale, picture.height);
      expect(patch).toBeDefined();
      if (!patch) return;
      expect(patch.x).toBeLessThanOrEqual(inSight(-frame.x / frame.scale, picture.width));
      expect(patch.y).toBeLessThanOrEqual(inSight(-frame.y / frame.scale, picture.height));
      expect(patch.x + patch.columns * patch.step).toBeGreaterThanOrEqual(right);
      expect(patch.y + patch.rows * patch.step).toBeGreaterThanOrEqual(bottom);
      // Up to two samples per device pixel along each side, and those at the ends.
      expect(patch.columns).toBeLessThanOrEqual(2 * stage.width * density + 3);
      expect(patch.rows).toBeLessThanOrEqual(2 * stage.height * density + 3);
    }),
  );
});

test("where nothing of the picture is in sight, there is no patch", () => {
  const sight: Sight = {
    picture: { width: 10, height: 10 },
    stage: { width: 100, height: 100 },
    frame: { scale: 2, x: 100, y: 0 },
    density: 1,
  };
  expect(patchFor(sight)).toBeUndefined();
});

test("all samples of a patch lie in the picture", () => {
  fc.assert(
    fc.property(sights, (sight) => {
      const patch = patchFor(sight);
      if (!patch) return;
      const { x, y, columns, rows, step } = patch;
      const { width, height } = sight.picture;
      expect(sampleAt(x, 0, step, width)).toBeGreaterThanOrEqual(0);
      expect(sampleAt(y, 0, step, height)).toBeGreaterThanOrEqual(0);
      expect(sampleAt(x, columns - 1, step, width)).toBeLessThan(width);
      expect(sampleAt(y, rows - 1, step, height)).toBeLessThan(height);
    }),
  );
});
