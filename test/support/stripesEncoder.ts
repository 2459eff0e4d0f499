/** An encoder that sees what colours do not, which way fine stripes run; and pictures of such. */

import {
  abs,
  averagePool,
  constant,
  type Graph,
  graph,
  input,
  tensor,
} from "../../src/graph/index.ts";
import type { Picture, Size } from "../../src/image/index.ts";
import { convolution } from "../../src/nn/index.ts";

const STRIDE = 4;

/**
 * How different pixels are from their neighbours, across and down: `features` `[1, 2, height / 4,
 * width / 4]` of `image`.
 */
export function stripesEncoder({ width, height }: Size): Graph {
  const image = input("image", { batch: 1, channels: 3, height, width });
  const across = [0, 0, 0, 0, -1, 1, 0, 0, 0];
  const down = [0, 0, 0, 0, -1, 0, 0, 1, 0];
  const sizes = { filters: 2, channels: 3, kernelHeight: 3, kernelWidth: 3 };
  const kernels = [across, across, across, down, down, down].flat();
  const weight = constant(tensor(sizes, Float32Array.from(kernels)));
  const different = abs(convolution(image, { weight }, { padding: 1 }));
  return graph({ features: averagePool(different, { kernel: STRIDE }) });
}

/** Grey stripes that lie left of column `border` and stand right of it. */
export function stripes({ width, height }: Size, border: number): Picture {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const at = Math.floor(i / 3);
    const [x, y] = [at % width, Math.floor(at / width)];
    return (x < border ? y : x) % 2 === 0 ? 90 : 160;
  });
  return { width, height, data };
}
