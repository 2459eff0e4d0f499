import type { PoolOptions } from "../attributes.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { forEachLargest } from "../windows/largestInWindows.ts";
import { pooledAxes, poolOf } from "../windows/pooling.ts";
import { asImage, imageSizes, windowsOnnx } from "../windows/windows.ts";

export const maxPoolIndicesOperation: Operation<"maxPoolIndices"> = {
  name: "maxPoolIndices",
  shape: ([x], pool) => ({ axes: pooledAxes("maxPoolIndices", x, pool), kind: "int" }),
  evaluate: ([x], pool, target, spare) => {
    const data = arrayFor(target, spare);
    forEachLargest(x, pool, target.axes, (window, _, pixel) => {
      data[window] = pixel;
    });
    return { axes: target.axes, dtype: target.dtype, data };
  },
  gradient: () => [],
  onnx: ([x], { inputs: [image], axes, attributes }, write) => {
    const sizes = imageSizes(image.axes);
    const pixels = write.reshaped(x, sizes);
    const windows = windowsOnnx(attributes, attributes.kernel);
    const [, places] = write.outputs(2, "MaxPool", [pixels], windows);
    // ONNX counts through all planes.
    const [height, width] = sizes.slice(-2);
    const inPlane = write.node("Mod", [places, write.integers([height * width])]);
    return write.reshaped(
      write.cast(inPlane, "int"),
      axes.map(({ size }) => size),
    );
  },
};

/** Where `maxPool` finds what it picks: the pixel within its plane, counted row by row. */
export function maxPoolIndices(x: Node, options: PoolOptions): Node {
  return apply(maxPoolIndicesOperation, [asImage(x)], poolOf("maxPoolIndices", options));
}
