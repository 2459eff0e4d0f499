import { expect, test } from "vitest";
import { close, computed, numbersOf } from "../../test/support/namedTensors.ts";
import { begun, layerGradientError, randomImage, runLayer } from "../../test/support/runLayer.ts";
import type { Node } from "../graph/node.ts";
import { constant } from "../graph/operations/constant.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { relu } from "../graph/operations/relu.ts";
import { rename } from "../graph/operations/rename.ts";
import { sum } from "../graph/operations/sum.ts";
import { axesOf } from "../tensor/hostTensor.ts";
import { aspp, asppParameters } from "./aspp.ts";
import { attentionBottleneck, attentionBottleneckParameters } from "./attentionBottleneck.ts";
import { normedConvolution } from "./batchNorm.ts";
import { bottleneck, bottleneckParameters } from "./bottleneck.ts";
import { convolution, samePadding } from "./convolution.ts";
import { invertedResidual, invertedResidualParameters } from "./invertedResidual.ts";
import { training } from "./mode.ts";
import { separableConvolution, separableConvolutionParameters } from "./separableConvolution.ts";
import { squeezeExcite, squeezeExciteParameters } from "./squeezeExcite.ts";

const TOLERANCE = 1e-7;
const IMAGE = { images: 2, channels: 4, height: 5, width: 6 };

test("a bottleneck whose body is silent passes on what is positive", () => {
  const x = randomImage(IMAGE);
  const { widen, ...rest } = begun(bottleneckParameters({ channels: 4, width: 2 }));
  const weight = multiply(widen.convolution.weight, 0);
  const silent = { ...rest, widen: { ...widen, convolution: { weight } } };
  expect(numbersOf(bottleneck(x, silent, {}, "inference"))).toEqual(numbersOf(relu(x)));
});

test("blocks give the sizes they promise", () => {
  const x = randomImage(IMAGE);
  const sizes = (channels: number, height: number, width: number) =>
    axesOf("y", { images: 2, channels, height, width });
  const wide = { channels: 4, width: 2, filters: 8 };
  expect(
    runLayer(bottleneckParameters(wide), (own) => bottleneck(x, own, { stride: 2 }, "inference"))
      .axes,
  ).toEqual(sizes(8, 3, 3));
  expect(
    runLayer(asppParameters({ channels: 4, filters: 3, rates: 2 }), (own) =>
      aspp(x, own, { rates: [1, 3] }, training()),
    ).axes,
  ).toEqual(sizes(3, 5, 6));
  expect(
    runLayer(separableConvolutionParameters({ channels: 4, filters: 6, kernel: 3 }), (own) =>
      separableConvolution(x, own, { stride: 2, padding: 1 }, "inference"),
    ).axes,
  ).toEqual(sizes(6, 3, 3));
  expect(
    runLayer(invertedResidualParameters({ channels: 4, width: 8, filters: 6 }), (own) =>
      invertedResidual(x, own, { stride: 2 }, "inference"),
    ).axes,
  ).toEqual(sizes(6, 3, 3));
  const grid = { inner: 4, heads: 2, height: 5, width: 6 };
  expect(
    runLayer(attentionBottleneckParameters({ ...grid, channels: 4, filters: 6 }), (own) =>
      attentionBottleneck(x, own, {}, "inference"),
    ).axes,
  ).toEqual(sizes(6, 5, 6));
});

test("an image seen as a whole is the same for every pixel of a pyramid", () => {
  // All filters but those of the whole image are 0: what is left does not know where it is.
  const own = begun(asppParameters({ channels: 4, filters: 2, rates: 1, separable: true }));
  const silent = (part: typeof own.pixel): typeof own.pixel => ({
    ...part,
    convolution: { weight: multiply(part.convolution.weight, 0) },
  });
  const far = own.dilated["0"];
  const silentFar = "depthwise" in far ? { ...far, pointwise: silent(far.pointwise) } : silent(far);
  const parts = { ...own, pixel: silent(own.pixel), dilated: { 0: silentFar } };
  const { data } = computed(aspp(randomImage(IMAGE), parts, { rates: [2] }, "inference"));
  for (let plane = 0; plane < 4; plane++) {
    expect(new Set(data.slice(plane * 30, (plane + 1) * 30)).size).toBe(1);
  }
});

test("a separable convolution is one whose kernels are products", () => {
  const x = randomImage(IMAGE);
  const own = begun(separableConvolutionParameters({ channels: 4, filters: 3, kernel: 3 }));
  const { depthwise, pointwise } = own;
  // weight[f, c, y, x] = pointwise[f, c] · depthwise[c, y, x]
  const across = sum(pointwise.convolution.weight, "kernelHeight", "kernelWidth");
  const around = rename(sum(depthwise.weight, "channels"), { filters: "channels" });
  const whole = { ...pointwise, convolution: { weight: multiply(across, around) } };
  const windows = { padding: 2, dilation: 2 };
  const expected = normedConvolution(x, whole, windows, "inference");
  const y = separableConvolution(x, own, windows, "inference");
  expect(close(numbersOf(y), numbersOf(expected), TOLERANCE)).toBe(true);
});

test("a residual adds what came in, where it has the same size", () => {
  const x = randomImage(IMAGE);
  const wanted = invertedResidualParameters({ channels: 4, width: 4, filters: 4, folded: true });
  expect(wanted.expand).toBeUndefined();
  const { depthwise, project } = begun(wanted);
  const { bias } = project.convolution;
  const silent = { convolution: { weight: multiply(project.convolution.weight, 0), bias } };
  const y = invertedResidual(x, { depthwise, project: silent }, {}, "inference");
  expect(numbersOf(y)).toEqual(numbersOf(x));
});

test("the same padding gives a window per stride, and one pixel more behind", () => {
  const x = randomImage({ channels: 1, height: 6, width: 7 });
  const padding = samePadding(x, 3, { stride: 2 });
  expect(padding).toEqual({ height: { before: 0, after: 1 }, width: { before: 1, after: 1 } });
  const weight = randomImage({ filters: 1, channels: 1, kernelHeight: 3, kernelWidth: 3 });
  expect(convolution(x, { weight }, { stride: 2, padding }).axes).toEqual(
    axesOf("y", { channels: 1, height: 3, width: 4 }),
  );
});

test("channels that nothing excites are halved", () => {
  const { squeeze, excite } = begun(squeezeExciteParameters({ channels: 4, width: 2 }));
  const x = randomImage(IMAGE);
  const calm = { ...excite, weight: multiply(excite.weight, 0) };
  expect(
    close(
      numbersOf(squeezeExcite(x, { squeeze, excite: calm })),
      numbersOf(multiply(x, 0.5)),
      1e-12,
    ),
  ).toBe(true);
});

test("gradients of blocks are what differences say", () => {
  const x = constant(computed(randomImage({ images: 2, channels: 4, height: 3, width: 4 })));
  const step = training();
  const errors = [
    layerGradientError(bottleneckParameters({ channels: 4, width: 2 }), (own) =>
      bottleneck(x, own, {}, step),
    ),
    layerGradientError(invertedResidualParameters({ channels: 4, width: 6, filters: 4 }), (own) =>
      invertedResidual(x, own, {}, step),
    ),
    layerGradientError(squeezeExciteParameters({ channels: 4, width: 2 }), (own) =>
      squeezeExcite(x, own),
    ),
    layerGradientError(
      attentionBottleneckParameters({ channels: 4, inner: 2, heads: 2, height: 3, width: 4 }),
      (own): Node => attentionBottleneck(x, own, {}, step),
    ),
  ];
  for (const error of errors) expect(error).toBeLessThan(TOLERANCE);
});
