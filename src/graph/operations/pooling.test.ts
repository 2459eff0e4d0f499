import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryPool } from "../../../test/support/arbitraryPool.ts";
import { gradientError, secondGradientError } from "../../../test/support/finiteDifferences.ts";
import {
  at,
  close,
  computed,
  normalTensor,
  numbers,
  numbersOf,
  placesOf,
  tensorOf,
} from "../../../test/support/namedTensors.ts";
import { axesOf, type HostTensor } from "../../tensor/hostTensor.ts";
import type { Pool } from "../attributes.ts";
import { gradient } from "../gradient.ts";
import type { Node } from "../node.ts";
import { adaptiveAveragePool, averagePool } from "./averagePool.ts";
import { constant } from "./constant.ts";
import { maxPool } from "./maxPool.ts";
import { reorder } from "./reorder.ts";
import { square } from "./square.ts";
import { sum } from "./sum.ts";

const image = (height: number, width: number, data: readonly number[]): Node =>
  numbers({ channels: 1, height, width }, data);

test("the largest of each window, by hand", () => {
  const x = image(2, 4, [1, 5, 2, 0, 3, 4, 8, 6]);
  expect(numbersOf(maxPool(x, { kernel: 2 }))).toEqual([5, 8]);
  expect(numbersOf(maxPool(x, { kernel: 2, stride: 1 }))).toEqual([5, 8, 8]);
});

test("padding never wins: what is largest among negative numbers is negative", () => {
  const x = image(1, 3, [-1, -2, -3]);
  const padding = { height: 0, width: 1 };
  expect(numbersOf(maxPool(x, { kernel: { height: 1, width: 2 }, stride: 1, padding }))).toEqual([
    -1, -1, -2, -3,
  ]);
});

test("of equal numbers the first, row by row, gets the gradient; a NaN is the largest", () => {
  const x = image(2, 2, [1, 7, 7, 7]);
  const loss = sum(maxPool(x, { kernel: 2 }), "channels", "height", "width");
  expect(numbersOf(gradient(loss, { x }).x)).toEqual([0, 1, 0, 0]);
  expect(numbersOf(maxPool(image(2, 2, [1, Number.NaN, 9, Number.NaN]), { kernel: 2 }))).toEqual([
    Number.NaN,
  ]);
});

test("axes of a batch may be called windows and pixels, in gradients too", () => {
  const x = numbers({ windows: 1, pixels: 2, channels: 1, height: 1, width: 2 }, [3, 1, 2, 4]);
  const pooled = maxPool(x, { kernel: { height: 1, width: 2 } });
  const loss = sum(pooled, ...pooled.axes.map(({ name }) => name));
  expect(numbersOf(gradient(loss, { x }).x)).toEqual([1, 0, 0, 1]);
});

test("the mean of each window, by hand, with padding counted and not", () => {
  const x = image(1, 3, [2, 4, 6]);
  const pool = { kernel: { height: 1, width: 2 }, stride: 1, padding: { height: 0, width: 1 } };
  expect(numbersOf(averagePool(x, pool))).toEqual([1, 3, 5, 3]);
  expect(numbersOf(averagePool(x, { ...pool, countPadding: false }))).toEqual([2, 3, 5, 6]);
});

test("adaptive parts overlap where sizes do not divide", () => {
  const two = adaptiveAveragePool(image(1, 5, [3, 6, 9, 12, 15]), { height: 1, width: 2 });
  expect(numbersOf(two)).toEqual([6, 12]);
  const square3 = image(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(numbersOf(adaptiveAveragePool(square3, { height: 1, width: 1 }))).toEqual([5]);
});

/** What a window sees, with `undefined` for padding. */
function seen(x: HostTensor, pool: Pool, place: Readonly<Record<string, number>>) {
  const kernel = axesOf("kernel", { ...pool.kernel });
  return placesOf(kernel).map((entry) => {
    const height =
      place["height"] * pool.stride.height - pool.padding.height.before + entry["height"];
    const width = place["width"] * pool.stride.width - pool.padding.width.before + entry["width"];
    const size = (name: string) => x.axes.find((axis) => axis.name === name)?.size ?? 0;
    const inside = height >= 0 && height < size("height") && width >= 0 && width < size("width");
    return inside ? at(x, { ...place, height, width }) : undefined;
  });
}

test("pools are what their definitions say", () => {
  fc.assert(
    fc.property(arbitraryPool, ({ x, pool }) => {
      const largest = maxPool(constant(x), pool);
      const pixels = (place: Readonly<Record<string, number>>): number[] =>
        seen(x, pool, place).filter((value) => value !== undefined);
      const total = (place: Readonly<Record<string, number>>): number =>
        pixels(place).reduce((a, b) => a + b, 0);
      const { height, width } = pool.kernel;
      const expected = [
        tensorOf(largest.axes, (place) => Math.max(...pixels(place))),
        tensorOf(largest.axes, (place) => total(place) / (height * width)),
        tensorOf(largest.axes, (place) => total(place) / pixels(place).length),
      ];
      const actual = [
        largest,
        averagePool(constant(x), pool),
        averagePool(constant(x), { ...pool, countPadding: false }),
      ];
      actual.forEach((node, i) => {
        expect(node.axes).toEqual(largest.axes);
        expect(close(numbersOf(node), expected[i].data, 1e-12)).toBe(true);
      });
    }),
  );
});

test("axes of an image may come in any order", () => {
  const x = constant(normalTensor(axesOf("x", { images: 2, channels: 3, height: 4, width: 5 }), 1));
  const turned = reorder(x, ["width", "channels", "height", "images"]);
  expect(computed(maxPool(turned, { kernel: 2 }))).toEqual(computed(maxPool(x, { kernel: 2 })));
  expect(computed(averagePool(turned, { kernel: 2 }))).toEqual(
    computed(averagePool(x, { kernel: 2 })),
  );
});

test.each([
  { what: "side by side", kernel: 2 },
  { what: "overlapping and padded", kernel: 3, stride: 2, padding: 1 },
  { what: "dilated", kernel: 2, stride: 1, dilation: 2 },
])("gradients of pools, $what, are what differences say", ({ what: _, ...pool }) => {
  const inputs = {
    x: normalTensor(axesOf("x", { images: 2, channels: 2, height: 5, width: 6 }), 4),
  };
  const builds = [
    ({ x }: Record<string, Node>) => square(maxPool(x, pool)),
    ({ x }: Record<string, Node>) => square(averagePool(x, pool)),
    ({ x }: Record<string, Node>) => square(adaptiveAveragePool(x, { height: 2, width: 4 })),
  ];
  for (const build of builds) {
    expect(gradientError(build, inputs)).toBeLessThan(1e-7);
    expect(secondGradientError(build, inputs)).toBeLessThan(1e-7);
  }
});

test("a pool that sees nothing is refused", () => {
  const x = image(1, 1, [0]);
  expect(() => maxPool(x, { kernel: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: maxPool: expected room for a window of 2 along axis "height", got 1 and a padding of 0 + 0. Use a smaller kernel or dilation, or more padding.]`,
  );
  expect(() => maxPool(x, { kernel: 1, padding: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: maxPool: expected less padding than the kernel of 1 along "height", got 1 + 1. Windows of padding have nothing to say.]`,
  );
  expect(() =>
    maxPool(x, { kernel: 2, padding: 1, dilation: 2 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: maxPool: expected every window to see a pixel, but along axis "height" number 0 sees only padding. Pad by less than the window.]`,
  );
  expect(() => adaptiveAveragePool(x, { height: 0, width: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: adaptiveAveragePool: expected a whole size of at least 1 along "height", got 0.]`,
  );
});
