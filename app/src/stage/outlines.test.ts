import fc from "fast-check";
import { expect, test } from "vitest";
import { paintOutlines } from "./outlines.ts";
import type { Sight } from "./patch.ts";

const RED = 0xff0000ff;
const SHADOW = 0x66000000;

/** The outlines of a mask in which 1 is red, as a picture of letters. */
function drawn(rows: readonly string[], scale: number, sight: Partial<Sight> = {}): string[] {
  const width = rows[0]?.length ?? 0;
  const picture = { width, height: rows.length };
  const seen: Sight = {
    picture,
    stage: { width: width * scale, height: rows.length * scale },
    frame: { scale, x: 0, y: 0 },
    density: 1,
    ...sight,
  };
  const on = {
    width: seen.stage.width,
    height: seen.stage.height,
    pixels: new Uint32Array(seen.stage.width * seen.stage.height),
  };
  const data = Uint8Array.from(rows.join(""), Number);
  paintOutlines({ ...picture, data }, Uint32Array.of(0, RED), seen, on);
  const letters: Readonly<Record<number, string>> = { 0: ".", [RED]: "#", [SHADOW]: "-" };
  return Array.from({ length: on.height }, (_, row) =>
    Array.from(
      on.pixels.subarray(row * on.width, (row + 1) * on.width),
      (pixel) => letters[pixel],
    ).join(""),
  );
}

test("a pixel drawn large has a line around it, with a shadow", () => {
  expect(drawn(["000", "010", "000"], 5)).toEqual([
    "...............",
    "...............",
    "...............",
    "...---------...",
    "...-#######-...",
    "...-#######-...",
    "...-##---##-...",
    "...-##-.-##-...",
    "...-##---##-...",
    "...-#######-...",
    "...-#######-...",
    "...---------...",
    "...............",
    "...............",
    "...............",
  ]);
});

test("a label that reaches the picture's edge is outlined there", () => {
  expect(drawn(["11", "11"], 4)).toEqual([
    "########",
    "#------#",
    "#-....-#",
    "#-....-#",
    "#-....-#",
    "#-....-#",
    "#------#",
    "########",
  ]);
});

test("what is drawn in pieces is what is drawn at once", () => {
  const cases = fc.record({
    cells: fc.array(fc.constantFrom("0", "1"), { minLength: 48, maxLength: 48 }),
    scale: fc.integer({ min: 1, max: 9 }),
    cut: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(cases, ({ cells, scale, cut }) => {
      const rows = Array.from({ length: 6 }, (_, i) => cells.slice(8 * i, 8 * i + 8).join(""));
      const whole = drawn(rows, scale);
      const stage = { width: 8 * scale - cut, height: 6 * scale };
      if (stage.width <= 0) return;
      const frame = { scale, x: -cut, y: 0 };
      const piece = drawn(rows, scale, { stage, frame });
      expect(piece).toEqual(whole.map((row) => row.slice(cut)));
    }),
  );
});
