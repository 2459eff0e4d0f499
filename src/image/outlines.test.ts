import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawnMask } from "../../test/drawnMask.ts";
import { maskOfOutlines } from "./maskOfOutlines.ts";
import { type Corner, type Outline, outlines, type Ring } from "./outlines.ts";
import { simplifyRing } from "./simplifyRing.ts";

const corner = (x: number, y: number): Corner => ({ unit: "corner", x, y });
const text = (ring: Ring) => ring.map(({ x, y }) => `${x},${y}`).join(" ");
const texts = (pieces: readonly Outline[]) =>
  pieces.map(({ outer, holes }) => [text(outer), ...holes.map(text)]);

test("one pixel is a square of four corners, clockwise", () => {
  expect(texts(outlines(drawnMask("...", ".#.")))).toEqual([["2,1 2,2 1,2 1,1"]]);
});

test("a hole goes with its piece, counter-clockwise", () => {
  const mask = drawnMask(
    "###.#", //
    "#.#..",
    "###..",
  );
  expect(texts(outlines(mask))).toEqual([
    ["3,0 3,3 0,3 0,0", "2,2 2,1 1,1 1,2"],
    ["5,0 5,1 4,1 4,0"],
  ]);
});

test("pixels that meet in a corner are two pieces", () => {
  expect(outlines(drawnMask("#.", ".#"))).toHaveLength(2);
});

test("a hole that touches the outside in a corner stays a hole, and no ring touches itself", () => {
  const mask = drawnMask(
    ".##", //
    "#.#",
    "###",
  );
  const [{ outer, holes }] = outlines(mask);
  expect(holes.map(text)).toEqual(["1,1 1,2 2,2 2,1"]);
  expect(text(outer)).toBe("3,0 3,3 0,3 0,1 1,1 1,0");
});

test("a mask comes back from its outlines", () => {
  fc.assert(
    fc.property(anyMask(2), fc.constantFrom(1, 2), (mask, label) => {
      const only = mask.data.map((value) => (value === label ? label : 0));
      expect(maskOfOutlines(outlines(mask, label), mask, label)).toEqual({ ...mask, data: only });
    }),
    { numRuns: 500 },
  );
});

test("rings have corners only where they turn, never meet themselves, and turn the right way", () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      for (const { outer, holes } of outlines(mask)) {
        expect(twiceArea(outer)).toBeGreaterThan(0);
        for (const hole of holes) expect(twiceArea(hole)).toBeLessThan(0);
        for (const ring of [outer, ...holes]) {
          expect(new Set(ring.map(({ x, y }) => `${x},${y}`)).size).toBe(ring.length);
          ring.forEach(({ x, y }, i) => {
            const before = ring.at(i - 1) as Corner;
            const after = ring[(i + 1) % ring.length];
            expect([x === before.x, y === before.y]).toEqual([y === after.y, x === after.x]);
            expect(x === before.x).not.toBe(y === before.y);
          });
        }
      }
    }),
    { numRuns: 300 },
  );
});

function twiceArea(ring: Ring): number {
  return ring.reduce((sum, { x, y }, i) => {
    const next = ring[(i + 1) % ring.length];
    return sum + x * next.y - next.x * y;
  }, 0);
}

test("a mask without the label has no outlines", () => {
  expect(outlines(drawnMask("22", ".."))).toEqual([]);
});

test("half a pixel is filled where its centre is inside", () => {
  const triangle = { outer: [corner(0, 0), corner(4, 0), corner(0, 4)], holes: [] };
  expect(maskOfOutlines([triangle], { width: 4, height: 4 })).toEqual(
    drawnMask("###.", "##..", "#...", "...."),
  );
  const off = {
    outer: [corner(-2, -2), corner(9, -2), corner(9, 1.4), corner(-2, 1.4)],
    holes: [],
  };
  expect(maskOfOutlines([off], { width: 2, height: 2 })).toEqual(drawnMask("##", ".."));
});

test("overlapping outlines add up", () => {
  const square = (at: number) => ({
    outer: [corner(at, at), corner(at + 2, at), corner(at + 2, at + 2), corner(at, at + 2)],
    holes: [],
  });
  expect(maskOfOutlines([square(0), square(1)], { width: 3, height: 3 })).toEqual(
    drawnMask("##.", "###", ".##"),
  );
});

test("a staircase becomes its diagonal where the tolerance allows it", () => {
  const stairs = ["#....", "##...", "###..", "####.", "#####"];
  const [{ outer }] = outlines(drawnMask(...stairs));
  expect(text(simplifyRing(outer, 0.8))).toBe("1,0 5,5 0,5 0,0");
  expect(simplifyRing(outer, 0)).toEqual(outer);
  expect(simplifyRing(outer, 100)).toHaveLength(3);
});

test("every corner left out is within the tolerance of the ring that is left", () => {
  fc.assert(
    fc.property(anyMask(), fc.constantFrom(0.5, 1, 2.5), (mask, tolerance) => {
      for (const { outer } of outlines(mask)) {
        const simple = simplifyRing(outer, tolerance);
        expect(simple.length).toBeGreaterThanOrEqual(3);
        for (const one of outer) {
          expect(distance(one, simple)).toBeLessThanOrEqual(tolerance + 1e-9);
        }
      }
    }),
  );
});

function distance({ x, y }: Corner, ring: Ring): number {
  const gaps = ring.map((a, i) => {
    const b = ring[(i + 1) % ring.length];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
  });
  return Math.min(...gaps);
}

test("a tolerance that is none is refused", () => {
  expect(() => simplifyRing([], Number.NaN)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: simplifyRing: expected tolerance >= 0 pixels, got NaN.]`,
  );
});
