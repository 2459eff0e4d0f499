import fc from "fast-check";
import { expect, test } from "vitest";
import { UNSURE, withUnsure } from "./unsure.ts";

const SIZE = { width: 4, height: 3 };

const masks = fc
  .array(fc.nat(254), { minLength: 12, maxLength: 12 })
  .map((labels) => ({ ...SIZE, data: Uint8Array.from(labels) }));

const uncertainties = fc
  .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 })
  .map((shares) => ({ ...SIZE, data: Float32Array.from(shares) }));

test("each pixel keeps its label or is unsure, and a lower threshold leaves no fewer unsure", () => {
  fc.assert(
    fc.property(
      masks,
      uncertainties,
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (mask, uncertainty, one, other) => {
        const [few, many] = [Math.max(one, other), Math.min(one, other)].map((from) =>
          withUnsure(mask, uncertainty, from),
        );
        for (let at = 0; at < mask.data.length; at++) {
          expect([mask.data[at], UNSURE]).toContain(few.data[at]);
          if (few.data[at] === UNSURE) expect(many.data[at]).toBe(UNSURE);
        }
      },
    ),
  );
});

test("what is sure stays, however low the threshold", () => {
  const mask = { ...SIZE, data: new Uint8Array(12).fill(1) };
  const sure = { ...SIZE, data: new Float32Array(12) };
  expect(withUnsure(mask, sure, 0.001)).toEqual(mask);
});

test("other sizes and thresholds are refused", () => {
  const mask = { ...SIZE, data: new Uint8Array(12) };
  const plane = { ...SIZE, data: new Float32Array(12) };
  expect(() => withUnsure(mask, { ...plane, width: 3 }, 0.5)).toThrow(/4×3, got 3×3/);
  for (const from of [0, -1, 1.5, Number.NaN]) {
    expect(() => withUnsure(mask, plane, from)).toThrow(/threshold above 0/);
  }
});
