import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mask, PixelPoint } from "../image/pixels.ts";
import { nextClick } from "./nextClick.ts";
import { BACKGROUND, OBJECT } from "./prompts.ts";
import { IGNORE, type Truth } from "./truth.ts";

/** Rows and columns, inclusive, that get a value. */
type Patch = readonly [value: number, top: number, bottom: number, left: number, right: number];

function painted(width: number, height: number, ...patches: readonly Patch[]): Mask {
  const data = new Uint8Array(width * height);
  for (const [value, top, bottom, left, right] of patches) {
    for (let y = top; y <= bottom; y++) data.fill(value, y * width + left, y * width + right + 1);
  }
  return { width, height, data };
}

/** Successive clicks on an unchanged prediction: sign, row, column. */
function clicks(count: number, truth: Truth, prediction: Mask): string[] {
  const clicked: PixelPoint[] = [];
  return Array.from({ length: count }, () => {
    const { at, says } = nextClick(truth, prediction, clicked);
    clicked.push(at);
    return `${says === OBJECT ? "+" : "-"} ${at.y},${at.x}`;
  });
}

// The vectors were run through the clicker of RITM (SamsungLabs, b9b4460) with OpenCV 5.0.0.

test("V1: a square is clicked in its middle, then around it, row by row", () => {
  const truth = painted(9, 9, [1, 2, 6, 2, 6]);
  expect(clicks(6, truth, painted(9, 9))).toEqual([
    "+ 4,4",
    "+ 3,3",
    "+ 3,4",
    "+ 3,5",
    "+ 4,3",
    "+ 4,5",
  ]);
});

test("V2: a square of even side has four middles", () => {
  const truth = painted(8, 8, [1, 2, 5, 2, 5]);
  expect(clicks(5, truth, painted(8, 8))).toEqual(["+ 3,3", "+ 3,4", "+ 4,3", "+ 4,4", "+ 2,2"]);
});

test("V3: the border of the image counts as outside", () => {
  const truth = painted(10, 6, [1, 0, 5, 0, 3]);
  expect(clicks(3, truth, painted(10, 6))).toEqual(["+ 1,1", "+ 1,2", "+ 2,1"]);
});

test("V4: a tie goes to the background", () => {
  const truth = painted(11, 5, [1, 1, 3, 1, 3]);
  const prediction = painted(11, 5, [1, 1, 3, 7, 9]);
  expect(clicks(2, truth, prediction)).toEqual(["- 2,8", "+ 2,2"]);
});

test("V5: ignored pixels are no error, and distances stop at them", () => {
  const truth = painted(7, 7, [1, 1, 5, 1, 5], [IGNORE, 3, 3, 0, 6]);
  expect(clicks(3, truth, painted(7, 7))).toEqual(["+ 1,1", "+ 1,2", "+ 1,3"]);
});

test("V6: with nothing left to correct it clicks background in the corner, again and again", () => {
  const truth = painted(6, 6, [1, 2, 4, 2, 4]);
  expect(clicks(3, truth, truth)).toEqual(["- 0,0", "- 0,0", "- 0,0"]);
});

test("V7: a long thin error loses to a small compact one", () => {
  const truth = painted(40, 20, [1, 2, 3, 0, 39], [1, 8, 14, 10, 16]);
  expect(clicks(2, truth, painted(40, 20))).toEqual(["+ 11,13", "+ 10,12"]);
});

test("V8: misses and false alarms are measured apart", () => {
  const truth = painted(11, 11, [1, 3, 7, 3, 7]);
  const prediction = painted(11, 11, [1, 3, 7, 0, 1], [1, 4, 4, 4, 4]);
  expect(clicks(3, truth, prediction)).toEqual(["+ 4,6", "+ 5,6", "+ 6,4"]);
});

test("ignored pixels that are predicted are no error either", () => {
  const truth = painted(5, 5, [IGNORE, 0, 4, 0, 4], [1, 2, 2, 2, 2]);
  expect(clicks(1, truth, painted(5, 5, [1, 0, 4, 0, 4]))).toEqual(["- 0,0"]);
});

const side = fc.integer({ min: 1, max: 11 });
const anyCase = fc.tuple(side, side).chain(([width, height]) => {
  const length = { minLength: width * height, maxLength: width * height };
  return fc.record({
    truth: fc
      .array(fc.constantFrom(0, 1, 1, IGNORE), length)
      .map((values) => ({ width, height, data: Uint8Array.from(values) })),
    prediction: fc
      .array(fc.constantFrom(0, 0, 1), length)
      .map((values) => ({ width, height, data: Uint8Array.from(values) })),
    count: fc.integer({ min: 1, max: 5 }),
  });
});

test("every click is the one the definition asks for, pixel by pixel", () => {
  fc.assert(
    fc.property(anyCase, ({ truth, prediction, count }) => {
      const clicked: PixelPoint[] = [];
      for (let i = 0; i < count; i++) {
        const click = nextClick(truth, prediction, clicked);
        expect(`${click.says} ${click.at.x},${click.at.y}`).toBe(
          slowly(truth, prediction, clicked),
        );
        clicked.push(click.at);
      }
    }),
    { numRuns: 3000 },
  );
});

/** The definition, every pair of pixels, on an image with a frame of pixels outside. */
function slowly(truth: Truth, prediction: Mask, clicked: readonly PixelPoint[]): string {
  const { width, height } = truth;
  const frame = Array.from({ length: (width + 2) * (height + 2) }, (_, i) => ({
    x: (i % (width + 2)) - 1,
    y: Math.floor(i / (width + 2)) - 1,
  }));
  const best = (label: number, predicted: number) => {
    const isWrong = ({ x, y }: { x: number; y: number }) =>
      x >= 0 &&
      x < width &&
      truth.data[y * width + x] === label &&
      prediction.data[y * width + x] === predicted;
    const right = frame.filter((place) => !isWrong(place));
    let found = { x: 0, y: 0, depth: 0 };
    for (const { x, y } of frame.filter(isWrong)) {
      if (clicked.some((at) => at.x === x && at.y === y)) continue;
      const depth = Math.min(...right.map((other) => (other.x - x) ** 2 + (other.y - y) ** 2));
      if (depth > found.depth) found = { x, y, depth };
    }
    return found;
  };
  const [missed, taken] = [best(1, 0), best(0, 1)];
  const says = missed.depth > taken.depth ? OBJECT : BACKGROUND;
  const at = missed.depth > taken.depth ? missed : taken;
  return `${says} ${at.x},${at.y}`;
}

test("a prediction of another size is refused", () => {
  expect(() => nextClick(painted(3, 2), painted(2, 3))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: nextClick: expected a prediction of the truth's size, 3×2, got 2×3.]`,
  );
});
