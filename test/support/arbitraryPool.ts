/** Pools of every shape: any kernels, strides, paddings and batch axes. */

import fc from "fast-check";
import type { Pool } from "../../src/graph/attributes.ts";
import { axesOf, type HostTensor } from "../../src/tensor/hostTensor.ts";
import { normalTensor } from "./namedTensors.ts";

export interface PoolCase {
  readonly x: HostTensor;
  readonly pool: Pool;
}

const side = fc
  .record({
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    before: fc.nat({ max: 3 }),
    after: fc.nat({ max: 3 }),
    more: fc.nat({ max: 5 }),
  })
  .map(({ kernel, stride, before, after, more }) => {
    const padding = { before: Math.min(before, kernel - 1), after: Math.min(after, kernel - 1) };
    return { kernel, stride, padding, size: kernel + more };
  });

export const arbitraryPool: fc.Arbitrary<PoolCase> = fc
  .tuple(side, side, fc.constantFrom({}, { images: 2 }, { images: 2, frames: 2 }), fc.nat())
  .map(([height, width, batch, seed]) => {
    const sizes = { ...batch, channels: 2, height: height.size, width: width.size };
    return {
      x: normalTensor(axesOf("x", sizes), seed),
      pool: {
        kernel: { height: height.kernel, width: width.kernel },
        stride: { height: height.stride, width: width.stride },
        padding: { height: height.padding, width: width.padding },
        dilation: { height: 1, width: 1 },
      },
    };
  });
