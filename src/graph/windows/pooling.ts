/** What pools share: windows on an image, each of which becomes one pixel. */

import { type Axis, ShapeError } from "../../tensor/hostTensor.ts";
import type { Pool, PoolOptions } from "../attributes.ts";
import type { Shape } from "../node.ts";
import { commonKind } from "../shapes.ts";
import {
  imageAxes,
  imageSize,
  type Sliding,
  sides,
  slidingAlong,
  windowCounts,
  windowsOf,
} from "./windows.ts";

/**
 * The pool that was asked for. Windows lie side by side unless a stride is given.
 *
 * @throws {RangeError} When a number is not whole or too small, or a side padded by a whole window.
 */
export function poolOf(operation: string, { kernel, stride = kernel, ...rest }: PoolOptions): Pool {
  const pool = { ...windowsOf(operation, { stride, ...rest }), kernel: sides(kernel) };
  for (const side of ["height", "width"] as const) {
    const { before, after } = pool.padding[side];
    if (Math.max(before, after) < pool.kernel[side]) continue;
    throw new RangeError(
      `${operation}: expected less padding than the kernel of ${pool.kernel[side]} along ` +
        `"${side}", got ${before} + ${after}. Windows of padding have nothing to say.`,
    );
  }
  return pool;
}

/** @throws {ShapeError} When no window fits, or one would see nothing but padding. */
export function pooledAxes(operation: string, x: Shape, pool: Pool): readonly Axis[] {
  commonKind(operation, [x], ["float"]);
  const { batch, channels, ...size } = imageSize(operation, "x", x);
  const count = windowCounts(operation, size, pool.kernel, pool);
  for (const side of ["height", "width"] as const) {
    const sliding = slidingAlong(pool, side);
    for (let window = 0; window < count[side]; window++) {
      const { from, to } = entriesInside(sliding, window, pool.kernel[side], size[side]);
      if (from < to) continue;
      throw new ShapeError(
        `${operation}: expected every window to see a pixel, but along axis "${side}" number ` +
          `${window} sees only padding. Pad by less than the window.`,
      );
    }
  }
  return imageAxes(batch, channels, count);
}

/** The entries of a window that fall on pixels: `from` inclusive, `to` exclusive. */
export function entriesInside(
  { stride, dilation, before }: Sliding,
  window: number,
  kernel: number,
  size: number,
): { from: number; to: number } {
  const first = window * stride - before;
  const from = Math.max(0, Math.ceil(-first / dilation));
  const to = Math.min(kernel, Math.ceil((size - first) / dilation));
  return { from, to };
}
