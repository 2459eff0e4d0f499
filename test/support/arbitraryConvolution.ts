/** Convolutions of every shape: any strides, dilations, paddings, groups and batch axes. */

import fc from "fast-check";
import type { Convolution } from "../../src/graph/attributes.ts";
import { axesOf, type HostTensor } from "../../src/tensor/hostTensor.ts";
import { normalTensor } from "./namedTensors.ts";

export interface ConvolutionCase {
  readonly x: HostTensor;
  readonly weight: HostTensor;
  readonly options: Convolution;
}

const side = fc.record({
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  before: fc.integer({ min: 0, max: 4 }),
  after: fc.integer({ min: 0, max: 4 }),
  /** Pixels beyond those that the smallest image with one window has. */
  more: fc.integer({ min: 0, max: 5 }),
});

export const arbitraryConvolution: fc.Arbitrary<ConvolutionCase> = fc
  .record({
    height: side,
    width: side,
    groups: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 3 }),
    batch: fc.constantFrom({}, { images: 2 }, { images: 2, frames: 3 }),
    seed: fc.nat(),
  })
  .map(({ height, width, groups, channels, filters, batch, seed }) => {
    const sizeOf = ({ kernel, dilation, before, after, more }: typeof height): number =>
      Math.max(1, dilation * (kernel - 1) + 1 - before - after) + more;
    const image = {
      ...batch,
      channels: channels * groups,
      height: sizeOf(height),
      width: sizeOf(width),
    };
    const weight = {
      filters: filters * groups,
      channels,
      kernelHeight: height.kernel,
      kernelWidth: width.kernel,
    };
    return {
      x: normalTensor(axesOf("x", image), seed),
      weight: normalTensor(axesOf("weight", weight), seed + 1),
      options: {
        stride: { height: height.stride, width: width.stride },
        dilation: { height: height.dilation, width: width.dilation },
        padding: { height, width },
        groups,
      },
    };
  });
