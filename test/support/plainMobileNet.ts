/** A MobileNetV2 in plain loops and double precision, as its paper says it. */

import type { UnnamedTensor } from "../../src/nn/fromTorch.ts";

/** `[channels, height, width]`. */
export interface Planes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

type Weights = ReadonlyMap<string, UnnamedTensor>;

/** Where a block halves its image. */
const STRIDED = [2, 4, 7, 14];

/** What comes out of so many blocks of an image in 0 … 1. */
export function plainMobileNet(image: Planes, weights: Weights, blocks: number): Planes {
  const centred = { ...image, data: image.data.map((value) => 2 * value - 1) };
  let x = relu6(convolved(centred, weights, "stem", 2));
  for (let block = 1; block <= blocks; block++) {
    const name = `block${`${block}`.padStart(2, "0")}`;
    const wide = weights.has(`${name}.expand.weight`)
      ? relu6(convolved(x, weights, `${name}.expand`, 1))
      : x;
    const stride = STRIDED.includes(block) ? 2 : 1;
    const seen = relu6(convolved(wide, weights, `${name}.depthwise`, stride));
    const narrow = convolved(seen, weights, `${name}.project`, 1);
    const before = x;
    const isResidual = stride === 1 && narrow.channels === before.channels;
    x = isResidual
      ? { ...narrow, data: narrow.data.map((value, i) => value + before.data[i]) }
      : narrow;
  }
  return x;
}

function relu6(x: Planes): Planes {
  return { ...x, data: x.data.map((value) => Math.min(6, Math.max(0, value))) };
}

/** TensorFlow's "SAME": as many pixels as strides fit, the odd pixel of padding behind. */
function convolved(x: Planes, weights: Weights, name: string, stride: number): Planes {
  const { shape = [], data: kernel = [] } = weights.get(`${name}.weight`) ?? {};
  const { data: bias = [] } = weights.get(`${name}.bias`) ?? {};
  const [filters, perGroup, side] = shape;
  const filtersPerGroup = filters / (x.channels / perGroup);
  const [height, width] = [Math.ceil(x.height / stride), Math.ceil(x.width / stride)];
  const before = (to: number, from: number): number =>
    Math.floor(Math.max(0, (to - 1) * stride + side - from) / 2);
  const [top, left] = [before(height, x.height), before(width, x.width)];
  const data = new Float64Array(filters * height * width);
  data.forEach((_, at) => {
    const column = at % width;
    const row = Math.floor(at / width) % height;
    const filter = Math.floor(at / width / height);
    const first = Math.floor(filter / filtersPerGroup) * perGroup;
    data[at] = bias[filter];
    for (let c = 0; c < perGroup; c++) {
      const weightAt = (i: number, j: number) =>
        kernel[((filter * perGroup + c) * side + i) * side + j];
      data[at] += window(x, first + c, row * stride - top, column * stride - left, side, weightAt);
    }
  });
  return { channels: filters, height, width, data };
}

/** A kernel on one channel, from this corner on; beyond the image is nothing. */
function window(
  x: Planes,
  channel: number,
  top: number,
  left: number,
  side: number,
  weightAt: (i: number, j: number) => number,
): number {
  let sum = 0;
  for (let i = Math.max(0, -top); i < side && top + i < x.height; i++) {
    for (let j = Math.max(0, -left); j < side && left + j < x.width; j++) {
      sum += weightAt(i, j) * x.data[(channel * x.height + top + i) * x.width + left + j];
    }
  }
  return sum;
}
