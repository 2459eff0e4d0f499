import { expect, test } from "vitest";
import { type PixelPoint, pixel } from "../../image/pixels.ts";
import type { Question } from "../model.ts";
import { seedsOf } from "./seeds.ts";

const WORKING = { width: 40, height: 30 };

/** A stroke across a picture `scale` times as large as the working one. */
function strokeAt(scale: number, says: string, from: PixelPoint, to: PixelPoint): Question {
  const points = [from, to].map(({ x, y }) => pixel(x * scale, y * scale));
  const prompts = [{ kind: "stroke", points, width: 3 * scale, says }] as const;
  return { labels: ["background", "object"], prompts };
}

test("a stroke on a larger picture speaks for each working pixel once, and for as many", () => {
  const counts = [1, 8].map((scale) => {
    const whole = { width: 40 * scale, height: 30 * scale };
    const question = strokeAt(scale, "object", pixel(5, 10), pixel(30, 10));
    const places = seedsOf(question, whole, WORKING).strokes.map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
    return places.length;
  });
  expect(counts[1] / counts[0]).toBeGreaterThan(0.8);
  expect(counts[1] / counts[0]).toBeLessThan(1.6);
});

test("clicks land on the working pixel that holds them", () => {
  const whole = { width: 80, height: 60 };
  const click = { kind: "click", at: pixel(79, 59), says: "object" } as const;
  const { clicks } = seedsOf(
    { labels: ["background", "object"], prompts: [click] },
    whole,
    WORKING,
  );
  expect(clicks).toEqual([{ at: 30 * 40 - 1, label: 1 }]);
});
