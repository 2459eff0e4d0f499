/** Masks as drawings, for tests: one character per pixel, one string per row. */

import fc from "fast-check";
import type { Mask } from "../src/image/pixels.ts";

/** The mask of a drawing: `.` is 0, `#` is 1, a digit is itself. */
export function drawnMask(...rows: readonly string[]): Mask {
  const value = (character: string) => (character === "." ? 0 : character === "#" ? 1 : +character);
  return {
    width: rows[0].length,
    height: rows.length,
    data: Uint8Array.from(rows.join(""), value),
  };
}

/** The drawing of a mask of labels below 10. */
export function drawing({ width, height, data }: Mask): string[] {
  const character = (value: number) => (value === 0 ? "." : value === 1 ? "#" : `${value}`);
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.subarray(y * width, (y + 1) * width), character).join(""),
  );
}

/** Masks of labels up to `labels`, sides up to `longest`, from sparse to dense. */
export function anyMask(labels = 1, longest = 12): fc.Arbitrary<Mask> {
  const side = fc.integer({ min: 1, max: longest });
  return fc.tuple(side, side, fc.integer({ min: 1, max: 5 })).chain(([width, height, density]) =>
    fc
      .array(fc.nat({ max: 5 }), { minLength: width * height, maxLength: width * height })
      .map((values) => ({
        width,
        height,
        data: Uint8Array.from(values, (value) => (value < density ? 1 + (value % labels) : 0)),
      })),
  );
}
