import type { PoolOptions } from "../attributes.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { forEachLargest } from "../windows/largestInWindows.ts";
import { pooledAxes, poolOf } from "../windows/pooling.ts";
import { asImage, imageSize, imageSizes, windowsOnnx } from "../windows/windows.ts";

export const maxPoolOperation: Operation<"maxPool"> = {
  name: "maxPool",
  shape: ([x], pool) => ({ axes: pooledAxes("maxPool", x, pool), kind: "float" }),
  evaluate: ([x], pool, target, spare) => {
    const data = arrayFor(target, spare);
    forEachLargest(x, pool, target.axes, (window, plane, pixel) => {
      data[window] = x.data[plane + pixel];
    });
    return { axes: target.axes, dtype: target.dtype, data };
  },
  // A pool picks one pixel per window; the rest is what picking and adding up know.
  gradient: ([x], { attributes }, upstream, write) => {
    const { height, width } = imageSize("maxPool", "x", x);
    const picked = write.merge(upstream, ["height", "width"], WINDOWS);
    const indices = write.maxPoolIndices(x, attributes);
    const pixels = write.merge(indices, ["height", "width"], WINDOWS);
    const batch = x.axes.slice(0, -2).map(({ name }) => name);
    const added = write.scatterAdd(picked, PIXELS, pixels, height * width, { batch });
    return [write.split(added, PIXELS, { height, width })];
  },
  onnx: ([x], { inputs: [image], axes, attributes }, write) => {
    const pixels = write.reshaped(x, imageSizes(image.axes));
    const windows = windowsOnnx(attributes, attributes.kernel);
    const { height, width } = imageSize("maxPool", "the result", { axes });
    const result = write.node("MaxPool", [pixels], windows);
    write.noteSizes(result, [...imageSizes(image.axes).slice(0, 2), height, width]);
    return write.reshaped(
      result,
      axes.map(({ size }) => size),
    );
  },
};

/** Names that nobody gives an axis. */
const WINDOWS = "windows of a pool";
const PIXELS = "pixels of a plane";

/**
 * The largest number each window sees; beyond the border there is nothing. In the interpreter a NaN is
 * larger than any number; ONNX Runtime passes it over.
 *
 * @param x       `[…, channels, height, width]` in any order; other axes are batch axes.
 * @param options `stride` is as wide as the kernel by default: windows lie side by side.
 * @returns `[…, channels, height, width]`. Of equal numbers the first, row by row, gets the gradient.
 * @throws {ShapeError} When no window fits, or one sees nothing but padding.
 * @throws {RangeError} When an option is out of range.
 */
export function maxPool(x: Node, options: PoolOptions): Node {
  return apply(maxPoolOperation, [asImage(x)], poolOf("maxPool", options));
}
