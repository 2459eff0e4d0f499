import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawnMask } from "../../test/drawnMask.ts";
import { runLengthCounts, runLengthString } from "./runLengthString.ts";
import { maskOfRunLengths, runLengths } from "./runLengths.ts";

test("runs go down the columns and begin with what is outside", () => {
  const mask = drawnMask(
    "#..", //
    "##.",
  );
  expect(runLengths(mask).counts).toEqual([0, 2, 1, 1, 2]);
});

test("a mask comes back from its run lengths", () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      expect(maskOfRunLengths(runLengths(mask))).toEqual(mask);
    }),
  );
});

test("only the first run may be empty", () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      expect(runLengths(mask).counts.slice(1)).not.toContain(0);
    }),
  );
});

test("counts come back from their string, also large ones", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2 ** 31 })), (counts) => {
      expect(runLengthCounts(runLengthString(counts))).toEqual(counts);
    }),
  );
});

// Both strings were written by pycocotools 2.0.11, mask.frPyObjects.
test("strings are COCO's: five bits a character, differences from the fourth count on", () => {
  const written: readonly (readonly [string, readonly number[]])[] = [
    ["61X13mN000`0", [6, 1, 40, 4, 5, 4, 5, 4, 21]],
    ["e75S10000000ST1", [245, 5, 35, 5, 35, 5, 35, 5, 35, 5, 1190]],
  ];
  for (const [text, counts] of written) {
    expect(runLengthString(counts)).toBe(text);
    expect(runLengthCounts(text)).toEqual(counts);
  }
});

test("runs that do not fill the image are refused", () => {
  const runs = { width: 3, height: 2, counts: [1, 2] };
  expect(() => maskOfRunLengths(runs)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: maskOfRunLengths: expected runs that fill 3×2 = 6 pixels, got 3. Are width and height exchanged?]`,
  );
  expect(() => maskOfRunLengths({ ...runs, counts: [7, -1] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: maskOfRunLengths: expected whole numbers from 0, got -1.]`,
  );
});

test("a damaged string is refused", () => {
  expect(() => runLengthCounts("61 X")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: runLengthCounts: expected compressed run lengths, got " " at position 2.]`,
  );
  expect(() => runLengthCounts("61X")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: runLengthCounts: expected compressed run lengths, got its end in the middle of one.]`,
  );
  expect(() => runLengthCounts("oooooooo0")).toThrow(RangeError);
});
