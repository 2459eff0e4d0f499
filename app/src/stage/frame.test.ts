import fc from "fast-check";
import { pixel } from "maskwise";
import { expect, test } from "vitest";
import { between, type Frame, fit, panBy, pixelAt, toPicture, toStage, zoomAt } from "./frame.ts";

const sizes = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
});
const stages = fc.record({
  width: fc.integer({ min: 200, max: 3000 }),
  height: fc.integer({ min: 200, max: 3000 }),
});
const points = fc.record({
  x: fc.double({ min: -500, max: 3500, noNaN: true }),
  y: fc.double({ min: -500, max: 3500, noNaN: true }),
});
const frames = fc.record({
  scale: fc.double({ min: 0.02, max: 64, noNaN: true }),
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
});

test("drawn twice as large from (10, 20), the first pixel's middle is at (11, 21)", () => {
  const frame: Frame = { scale: 2, x: 10, y: 20 };
  expect(toStage(frame, pixel(0, 0))).toEqual({ x: 11, y: 21 });
  expect(toPicture(frame, { x: 11, y: 21 })).toEqual(pixel(0, 0));
});

test("a place in the picture and its point of the stage lead to each other", () => {
  fc.assert(
    fc.property(frames, points, (frame, point) => {
      const back = toStage(frame, toPicture(frame, point));
      expect(back.x).toBeCloseTo(point.x, 6);
      expect(back.y).toBeCloseTo(point.y, 6);
    }),
  );
});

test("the middle of every pixel falls into that pixel, at any zoom", () => {
  fc.assert(
    fc.property(frames, sizes, fc.nat(), fc.nat(), (frame, size, column, row) => {
      const at = pixel(column % size.width, row % size.height);
      expect(pixelAt(toPicture(frame, toStage(frame, at)), size)).toEqual(at);
    }),
  );
});

test("what lies under the pointer stays there when one zooms", () => {
  const picture = { width: 4000, height: 3000 };
  const stage = { width: 1000, height: 800 };
  const frame = fit(picture, stage);
  const at = { x: 312, y: 405 };
  const closer = zoomAt(frame, at, 3, picture, stage);
  expect(closer.scale).toBeCloseTo(3 * frame.scale, 12);
  expect(toPicture(closer, at).x).toBeCloseTo(toPicture(frame, at).x, 9);
  expect(toPicture(closer, at).y).toBeCloseTo(toPicture(frame, at).y, 9);
});

/** A frame zoomed around a point, wherever that takes the picture. */
function zoomed({ scale, x, y }: Frame, factor: number, at: { x: number; y: number }): Frame {
  return {
    scale: scale * factor,
    x: at.x - (at.x - x) * factor,
    y: at.y - (at.y - y) * factor,
  };
}

test("on the way to a closer look what lies under the pointer stays there as well", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(frames, points, factor, share, (from, at, factor, share) => {
      const place = toPicture(from, at);
      const to = zoomed(from, factor, at);
      expect(toPicture(to, at).x).toBeCloseTo(place.x, 6);
      const on = toStage(between(from, to, share), place);
      expect(on.x).toBeCloseTo(at.x, 4);
      expect(on.y).toBeCloseTo(at.y, 4);
    }),
  );
});

test("a picture of one pixel is fitted large enough to be clicked on", () => {
  const { scale } = fit({ width: 1, height: 1 }, { width: 800, height: 600 });
  expect(scale).toBe(64);
});

test("a fitted picture lies on the stage whole", () => {
  fc.assert(
    fc.property(sizes, stages, (picture, stage) => {
      const { scale, x, y } = fit(picture, stage);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + picture.width * scale).toBeLessThanOrEqual(stage.width + 1e-6);
      expect(y + picture.height * scale).toBeLessThanOrEqual(stage.height + 1e-6);
    }),
  );
});

test("no panning and no zooming takes the picture out of sight", () => {
  fc.assert(
    fc.property(
      sizes,
      stages,
      points,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      points,
      (picture, stage, at, factor, by) => {
        const zoomed = zoomAt(fit(picture, stage), at, factor, picture, stage);
        const { scale, x, y } = panBy(zoomed, 10 * by.x, 10 * by.y, picture, stage);
        expect(x).toBeLessThan(stage.width);
        expect(y).toBeLessThan(stage.height);
        expect(x + picture.width * scale).toBeGreaterThan(0);
        expect(y + picture.height * scale).toBeGreaterThan(0);
      },
    ),
  );
});

test("places beside the picture are in no pixel", () => {
  const size = { width: 3, height: 2 };
  expect(pixelAt(pixel(-0.51, 0), size)).toBeUndefined();
  expect(pixelAt(pixel(2.5, 0), size)).toBeUndefined();
  expect(pixelAt(pixel(2.49, 1.49), size)).toEqual(pixel(2, 1));
  expect(pixelAt(pixel(-0.5, -0.5), size)).toEqual(pixel(0, 0));
});
