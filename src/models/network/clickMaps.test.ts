import { expect, test } from "vitest";
import { close, computed, numbers, numbersOf } from "../../../test/support/namedTensors.ts";
import { randomNumbers } from "../../tensor/random.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { likeness, nearness, nearnessMaps, readAtClicks } from "./clickMaps.ts";

const GRID = { height: 3, width: 4, stride: 8 };
const PIXELS = GRID.height * GRID.width;

/** Row, column, what it says, and its weight. */
type Told = readonly [number, number, number, number];

function told(...clicks: readonly Told[]): ClickInputs {
  const list = (place: number) =>
    numbers(
      { clicks: clicks.length },
      clicks.map((click) => click[place]),
    );
  return { row: list(0), column: list(1), says: list(2), weight: list(3) };
}

test("a click is 1 where it lies, and falls off as a Gaussian of its reach", () => {
  // The centre of the pixel in row 1, column 2, and one for the background in row 0, column 0.
  const maps = nearness(told([12, 20, 1, 1], [4, 4, 0, 1]), GRID, [1, 2]);
  expect(maps.axes.map(({ size }) => size)).toEqual([nearnessMaps([1, 2]), 3, 4]);
  const all = numbersOf(maps);
  const at = (map: number, row: number, column: number) =>
    all[map * PIXELS + row * GRID.width + column];
  expect(at(0, 1, 2)).toBeCloseTo(1, 12);
  expect(at(0, 2, 3)).toBeCloseTo(Math.exp(-2 / 2), 12);
  expect(at(1, 0, 0)).toBeCloseTo(1, 12);
  expect(at(1, 1, 2)).toBeCloseTo(Math.exp(-5 / 2), 12);
  expect(at(2, 2, 3)).toBeCloseTo(Math.exp(-2 / 8), 12);
});

test("of several clicks the nearest counts, of padding none", () => {
  const [near, far]: readonly Told[] = [
    [12, 20, 1, 1],
    [4, 4, 1, 1],
  ];
  const map = (...clicks: readonly Told[]) => numbersOf(nearness(told(...clicks), GRID, [1]));
  const [one, other] = [map(near), map(far)];
  expect(map(near, far)).toEqual(one.map((value, i) => Math.max(value, other[i])));
  expect(map(near, [4, 4, 1, 0])).toEqual(one);
  expect(map([4, 4, 1, 0])).toEqual(one.map(() => 0));
});

test("between pixels an image is read in proportion, beyond their centres as at the last", () => {
  const ramp = Array.from({ length: PIXELS }, (_, i) => 3 * Math.floor(i / 4) + 5 * (i % 4));
  const image = numbers({ height: 3, width: 4 }, ramp);
  const read = readAtClicks(image, told([12, 20, 1, 1], [14, 9, 0, 1], [0, 32, 1, 1]), GRID);
  expect(close(numbersOf(read), [3 + 10, 3 * 1.25 + 5 * 0.625, 15], 1e-12)).toBe(true);
});

test("likeness is 1 at what was clicked, and a Gaussian in features elsewhere", () => {
  const random = randomNumbers(1);
  const data = Array.from({ length: 2 * 3 * PIXELS }, () => random());
  const image = numbers({ heads: 2, parts: 3, height: 3, width: 4 }, data);
  const precision = [0.5, 2];
  const clicks = told([12, 20, 1, 1], [4, 4, 0, 1], [20, 4, 1, 1]);
  const maps = computed(likeness(image, numbers({ heads: 2 }, precision), clicks, GRID));
  expect(maps.axes.map(({ name, size }) => [name, size])).toEqual([
    ["channels", 4],
    ["height", 3],
    ["width", 4],
  ]);
  const feature = (head: number, part: number, pixel: number) =>
    data[(head * 3 + part) * PIXELS + pixel];
  // Clicked pixels by side: object, then background.
  const expected = [[6, 8], [0]].flatMap((clicked) =>
    [0, 1].flatMap((head) =>
      Array.from({ length: PIXELS }, (_, pixel) => {
        const squares = clicked.map((own) =>
          [0, 1, 2].reduce(
            (sum, c) => sum + (feature(head, c, pixel) - feature(head, c, own)) ** 2,
            0,
          ),
        );
        return Math.exp((-precision[head] / 2) * Math.min(...squares));
      }),
    ),
  );
  expect(close(maps.data, expected, 1e-12)).toBe(true);
});
