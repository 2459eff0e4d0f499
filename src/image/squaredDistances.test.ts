import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import type { Mask } from "./pixels.ts";
import { squaredDistances } from "./squaredDistances.ts";

const drawn = (mask: Mask, border: "outside" | "unknown") =>
  drawing({ ...mask, data: Uint8Array.from(squaredDistances(mask, { border }).data) });

test("distances grow inwards, and across corners by two", () => {
  const mask = drawnMask(
    ".......", //
    ".#####.",
    ".#####.",
    ".#####.",
    ".###...",
  );
  expect(drawn(mask, "outside")).toEqual([
    ".......", //
    ".#####.",
    ".#444#.",
    ".#42##.",
    ".###...",
  ]);
});

test("the border counts as outside, unless it is said to be unknown", () => {
  const mask = drawnMask("####.", "####.", "####.");
  expect(drawn(mask, "outside")).toEqual(["####.", "#44#.", "####."]);
  const unknown = squaredDistances(mask, { border: "unknown" }).data;
  expect([...unknown.slice(0, 5)]).toEqual([16, 9, 4, 1, 0]);
});

test("where nothing is outside, distances are more than any distance", () => {
  const all = drawnMask("###", "###");
  expect([...squaredDistances(all, { border: "unknown" }).data]).toEqual(Array(6).fill(13));
});

test("every distance is that to the nearest pixel that is not set", () => {
  fc.assert(
    fc.property(anyMask(), fc.constantFrom("outside", "unknown"), (mask, border) => {
      const { data } = squaredDistances(mask, { border });
      expect([...data]).toEqual(slowly(mask, border === "outside" ? 1 : 0));
    }),
    { numRuns: 1000 },
  );
});

/** The definition, every pair of pixels. */
function slowly({ width, height, data }: Mask, frame: number): number[] {
  const outside: (readonly [number, number])[] = [];
  for (let y = -frame; y < height + frame; y++) {
    for (let x = -frame; x < width + frame; x++) {
      const beyond = x < 0 || y < 0 || x >= width || y >= height;
      if (beyond || data[y * width + x] === 0) outside.push([x, y]);
    }
  }
  return Array.from(data, (_, at) =>
    Math.min(
      width * width + height * height,
      ...outside.map(([x, y]) => (x - (at % width)) ** 2 + (y - Math.floor(at / width)) ** 2),
    ),
  );
}

test("a side that would overflow is refused", () => {
  const long = { width: 40_000, height: 1, data: new Uint8Array(40_000).fill(1) };
  expect(squaredDistances(long).data[20_000]).toBe(1);
  expect(() => squaredDistances(long, { border: "unknown" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: squaredDistances: expected sides up to 32767 pixels, got 40000×1. Make the mask smaller, or count the border as outside.]`,
  );
});
