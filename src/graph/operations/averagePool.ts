import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { PoolOptions, Sides } from "../attributes.ts";
import type { Node } from "../node.ts";
import { placeOf } from "../shapes.ts";
import { entriesInside, pooledAxes, poolOf } from "../windows/pooling.ts";
import { asImage, checkWhole, imageSize, type Sliding, slidingAlong } from "../windows/windows.ts";
import { resample } from "./resample.ts";

export interface AveragePoolOptions extends PoolOptions {
  /** Whether padding counts as zeros, or not at all. @default true */
  readonly countPadding?: boolean;
}

/**
 * The mean of what each window sees.
 *
 * @param x       `[…, channels, height, width]` in any order; other axes are batch axes.
 * @param options `stride` is as wide as the kernel by default: windows lie side by side.
 * @returns `[…, channels, height, width]`.
 * @throws {ShapeError} When no window fits, or one sees nothing but padding.
 * @throws {RangeError} When an option is out of range.
 */
export function averagePool(
  x: Node,
  { countPadding = true, ...options }: AveragePoolOptions,
): Node {
  const pool = poolOf("averagePool", options);
  const image = asImage(x);
  const size = imageSize("averagePool", "x", image);
  const count = imageSize("averagePool", "the result", {
    axes: pooledAxes("averagePool", image, pool),
  });
  // The mean over a rectangle is the mean of the means of its rows.
  const along = (from: Node, side: keyof Sides<number>): Node =>
    resample(
      from,
      side,
      windowMeans(
        size[side],
        count[side],
        pool.kernel[side],
        slidingAlong(pool, side),
        countPadding,
      ),
    );
  return along(along(image, "width"), "height");
}

function windowMeans(
  size: number,
  count: number,
  kernel: number,
  sliding: Sliding,
  countPadding: boolean,
): HostTensor {
  const weights = new Float64Array(count * size);
  for (let window = 0; window < count; window++) {
    const { from, to } = entriesInside(sliding, window, kernel, size);
    const first = window * (size + sliding.stride) - sliding.before;
    for (let k = from; k < to; k++) {
      weights[first + k * sliding.dilation] = 1 / (countPadding ? kernel : to - from);
    }
  }
  return tensor({ to: count, from: size }, weights);
}

/**
 * Images divided into `height × width` rectangles as equal as whole pixels allow, and the mean of
 * each. Rectangles overlap by a pixel where the sizes do not divide.
 *
 * @param x    Has axes `height` and `width`; they stay where they are.
 * @param size Those of the result, at least 1.
 * @throws {RangeError} When a size is out of range.
 */
export function adaptiveAveragePool(x: Node, size: Sides<number>): Node {
  const along = (from: Node, side: keyof Sides<number>): Node => {
    const pixels = x.axes[placeOf("adaptiveAveragePool", x, side)].size;
    checkWhole("adaptiveAveragePool", "size", side, size[side], 1);
    checkWhole("adaptiveAveragePool", "size of x", side, pixels, 1);
    return resample(from, side, partMeans(pixels, size[side]));
  };
  return along(along(x, "width"), "height");
}

function partMeans(size: number, parts: number): HostTensor {
  const weights = new Float64Array(parts * size);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * size) / parts);
    const to = Math.ceil(((part + 1) * size) / parts);
    weights.fill(1 / (to - from), part * size + from, part * size + to);
  }
  return tensor({ to: parts, from: size }, weights);
}
