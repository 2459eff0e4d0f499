import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryConvolution } from "../../../test/support/arbitraryConvolution.ts";
import { gradientError, secondGradientError } from "../../../test/support/finiteDifferences.ts";
import {
  at,
  close,
  computed,
  normalTensor,
  numbers,
  numbersOf,
  PRECISIONS,
  placesOf,
  tensorOf,
} from "../../../test/support/namedTensors.ts";
import { axesOf, type HostTensor } from "../../tensor/hostTensor.ts";
import type { Convolution, ConvolutionOptions } from "../attributes.ts";
import type { Node } from "../node.ts";
import { constant } from "./constant.ts";
import { convolve } from "./convolve.ts";
import { convolveTransposed } from "./convolveTransposed.ts";
import { convolveWeightAdjoint } from "./convolveWeightAdjoint.ts";
import { reorder } from "./reorder.ts";

const sizeAlong = ({ axes }: HostTensor, name: string): number =>
  axes.find((axis) => axis.name === name)?.size ?? 0;

/** The definition, one product at a time. */
function slowConvolve(
  x: HostTensor,
  weight: HostTensor,
  { stride, dilation, padding, groups }: Convolution,
  outAxes: HostTensor["axes"],
): HostTensor {
  const perGroup = {
    in: sizeAlong(weight, "channels"),
    out: sizeAlong(weight, "filters") / groups,
  };
  const [height, width] = [sizeAlong(x, "height"), sizeAlong(x, "width")];
  const seen = placesOf(weight.axes.slice(1));
  return tensorOf(outAxes, (place) => {
    let total = 0;
    const group = Math.floor(place["channels"] / perGroup.out);
    for (const entry of seen) {
      const row =
        place["height"] * stride.height -
        padding.height.before +
        entry["kernelHeight"] * dilation.height;
      const column =
        place["width"] * stride.width -
        padding.width.before +
        entry["kernelWidth"] * dilation.width;
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      const channels = group * perGroup.in + entry["channels"];
      const pixel = at(x, { ...place, channels, height: row, width: column });
      total += pixel * at(weight, { ...entry, filters: place["channels"] });
    }
    return total;
  });
}

test("a convolution by hand", () => {
  const x = numbers({ channels: 1, height: 2, width: 3 }, [1, 2, 3, 4, 5, 6]);
  const weight = numbers({ filters: 1, channels: 1, kernelHeight: 1, kernelWidth: 2 }, [1, 10]);
  const result = computed(convolve(x, weight));
  expect(result.axes).toEqual(axesOf("result", { channels: 1, height: 2, width: 2 }));
  expect(Array.from(result.data)).toEqual([21, 32, 54, 65]);
  const padded = convolve(x, weight, { padding: { height: 0, width: { before: 1, after: 0 } } });
  expect(numbersOf(padded)).toEqual([10, 21, 32, 40, 54, 65]);
});

test("a kernel of one 1 shifts the image", () => {
  const x = normalTensor(axesOf("x", { images: 2, channels: 3, height: 4, width: 5 }), 3);
  // Nine kernels, each all zeros but for one place; every channel is a group of its own.
  for (const { kernelHeight, kernelWidth } of placesOf(
    axesOf("kernel", { kernelHeight: 3, kernelWidth: 3 }),
  )) {
    const delta = tensorOf(
      axesOf("delta", { filters: 3, channels: 1, kernelHeight: 3, kernelWidth: 3 }),
      (place) =>
        Number(place["kernelHeight"] === kernelHeight && place["kernelWidth"] === kernelWidth),
    );
    const shifted = tensorOf(x.axes, (place) => {
      const height = place["height"] + kernelHeight - 1;
      const width = place["width"] + kernelWidth - 1;
      const inside = height >= 0 && height < 4 && width >= 0 && width < 5;
      return inside ? at(x, { ...place, height, width }) : 0;
    });
    const result = convolve(constant(x), constant(delta), { padding: 1, groups: 3 });
    expect(computed(result)).toEqual(shifted);
  }
});

test("a convolution is what its definition says", () => {
  fc.assert(
    fc.property(arbitraryConvolution, ({ x, weight, options }) => {
      const node = convolve(constant(x), constant(weight), options);
      const expected = slowConvolve(x, weight, options, node.axes);
      for (const { precision, tolerance } of PRECISIONS) {
        expect(close(computed(node, precision).data, expected.data, tolerance)).toBe(true);
      }
    }),
  );
});

function dot(a: Node, b: Node): number {
  const order = a.axes.map(({ name }) => name);
  const [first, second] = [numbersOf(a), numbersOf(reorder(b, order))];
  return first.reduce((total, value, i) => total + value * second[i], 0);
}

test("the three faces of a convolution are each other's adjoints", () => {
  fc.assert(
    fc.property(arbitraryConvolution, ({ x, weight, options }) => {
      const [image, filters] = [constant(x), constant(weight)];
      const forward = convolve(image, filters, options);
      const upstream = constant(normalTensor(forward.axes, 5));
      const size = { height: sizeAlong(x, "height"), width: sizeAlong(x, "width") };
      const kernel = {
        height: sizeAlong(weight, "kernelHeight"),
        width: sizeAlong(weight, "kernelWidth"),
      };
      const product = dot(forward, upstream);
      const byImage = dot(image, convolveTransposed(upstream, filters, size, options));
      const byWeight = dot(filters, convolveWeightAdjoint(image, upstream, kernel, options));
      expect(close([byImage, byWeight], [product, product], 1e-10)).toBe(true);
    }),
  );
});

test("axes may come in any order, batch axes anywhere", () => {
  const x = constant(normalTensor(axesOf("x", { images: 2, channels: 3, height: 4, width: 5 }), 1));
  const weight = constant(
    normalTensor(axesOf("w", { filters: 2, channels: 3, kernelHeight: 3, kernelWidth: 2 }), 2),
  );
  const turned = convolve(
    reorder(x, ["width", "channels", "images", "height"]),
    reorder(weight, ["kernelWidth", "filters", "channels", "kernelHeight"]),
  );
  expect(computed(turned)).toEqual(computed(convolve(x, weight)));
});

const GEOMETRIES: readonly (ConvolutionOptions & { readonly what: string })[] = [
  { what: "plain" },
  { what: "padded", padding: 1 },
  { what: "strided", stride: 2, padding: 1 },
  { what: "dilated", dilation: 2, padding: 2 },
  { what: "grouped", groups: 2, padding: 1 },
  {
    what: "different on every side",
    groups: 2,
    stride: { height: 2, width: 1 },
    dilation: { height: 1, width: 2 },
    padding: { height: { before: 0, after: 1 }, width: { before: 3, after: 0 } },
  },
];

test.each(GEOMETRIES)("gradients of a convolution ($what) are what differences say", (options) => {
  const { groups = 1 } = options;
  const inputs = {
    x: normalTensor(axesOf("x", { images: 2, channels: 4, height: 5, width: 6 }), 1),
    weight: normalTensor(
      axesOf("w", { filters: 2, channels: 4 / groups, kernelHeight: 3, kernelWidth: 2 }),
      2,
    ),
  };
  const forward = (x: Node, weight: Node): Node => convolve(x, weight, options);
  const build = { x: inputs.x, weight: inputs.weight };
  const { axes } = forward(constant(inputs.x), constant(inputs.weight));
  const upstream = normalTensor(axes, 3);
  const size = { height: 5, width: 6 };
  const kernel = { height: 3, width: 2 };
  const faces = [
    [build, ({ x, weight }: Record<string, Node>) => forward(x, weight)],
    [
      { upstream, weight: inputs.weight },
      ({ upstream: given, weight }: Record<string, Node>) =>
        convolveTransposed(given, weight, size, options),
    ],
    [
      { x: inputs.x, upstream },
      ({ x, upstream: given }: Record<string, Node>) =>
        convolveWeightAdjoint(x, given, kernel, options),
    ],
  ] as const;
  for (const [given, face] of faces) {
    expect(gradientError(face, given)).toBeLessThan(1e-7);
    expect(secondGradientError(face, given)).toBeLessThan(1e-7);
  }
});

test("what does not fit is refused by name", () => {
  const x = numbers({ channels: 4, height: 2, width: 2 }, new Array(16).fill(0));
  const weight = (filters: number, channels: number, kernel: number): Node =>
    numbers(
      { filters, channels, kernelHeight: kernel, kernelWidth: kernel },
      new Array(filters * channels * kernel * kernel).fill(0),
    );
  expect(() => convolve(x, weight(2, 3, 1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolve: axis "channels" is 4 in x, but the filters of weight see 3.]`,
  );
  expect(() => convolve(x, weight(3, 2, 1), { groups: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolve: expected "filters" to be a multiple of 2 groups, got 3.]`,
  );
  expect(() => convolve(x, weight(2, 4, 3))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolve: expected room for a window of 3 along axis "height", got 2 and a padding of 0 + 0. Use a smaller kernel or dilation, or more padding.]`,
  );
  expect(() => convolve(x, x)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolve: expected weight [filters, channels, kernelHeight, kernelWidth], got [channels 4, height 2, width 2]. rename() gives an axis another name.]`,
  );
  expect(() => convolve(weight(2, 4, 1), weight(2, 4, 1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolve: expected x [..., channels, height, width], got [filters 2, channels 4, kernelHeight 1, kernelWidth 1]. rename() gives an axis another name.]`,
  );
  expect(() => convolve(x, weight(2, 4, 1), { stride: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convolve: expected a whole stride of at least 1 along "height", got 0.]`,
  );
  expect(() => convolve(x, weight(2, 4, 1), { padding: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convolve: expected a whole padding of at least 0 along "height", got -1.]`,
  );
  expect(() => convolve(x, weight(2, 4, 1), { groups: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: convolve: expected a whole number of groups of at least 1, got 0.]`,
  );
  const size = { height: 2, width: 3 };
  expect(() => convolveTransposed(x, weight(4, 1, 1), size)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolveTransposed: axis "width" is 2 in x, but a convolution of 3 pixels has 3 windows there. Ask for another size.]`,
  );
  expect(() => convolveTransposed(x, weight(3, 1, 1), size)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolveTransposed: axis "channels" is 4 in x, but weight has 3 filters. Each channel of x goes through the filter of its number.]`,
  );
  expect(() =>
    convolveWeightAdjoint(x, x, { height: 2, width: 1 }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: convolveWeightAdjoint: expected upstream [channels 4, height 1, width 2], as a convolution of x gives, got [channels 4, height 2, width 2].]`,
  );
});
