/** What the largest entry of a window, and where it lies, share. */

import {
  type Axis,
  type HostTensor,
  ShapeError,
  sizeOf,
  type TensorData,
} from "../tensor/hostTensor.ts";
import type { Shape } from "./node.ts";
import { commonKind } from "./shapes.ts";
import {
  imageAxes,
  imageSize,
  type Sides,
  type Sliding,
  sides,
  slidingAlong,
  type WindowOptions,
  type Windows,
  windowCounts,
  windowsOf,
} from "./windows.ts";

export interface PoolOptions extends WindowOptions {
  /** Height and width of a window, in entries; a single number is for both. */
  readonly kernel: number | Sides<number>;
}

/** The same with everything said. */
export interface Pool extends Windows {
  readonly kernel: Sides<number>;
}

/**
 * The pool that was asked for. Windows lie side by side unless a stride is given.
 *
 * @throws {RangeError} When a number is not whole or too small.
 */
export function poolOf(operation: string, { kernel, stride = kernel, ...rest }: PoolOptions): Pool {
  return { ...windowsOf(operation, { stride, ...rest }), kernel: sides(kernel) };
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

/**
 * For every window, which pixel of its plane holds the largest number: the first of equals, row by
 * row; a NaN counts as larger than any number.
 *
 * @param found Called with the window, counted through the result, where its plane begins in x, and
 *              the pixel, counted row by row within its plane.
 */
export function forEachLargest(
  x: HostTensor,
  pool: Pool,
  pooled: readonly Axis[],
  found: (window: number, plane: number, pixel: number) => void,
): void {
  const { height, width } = imageSize("maxPool", "x", x);
  const count = imageSize("maxPool", "the result", { axes: pooled });
  const [down, across] = [slidingAlong(pool, "height"), slidingAlong(pool, "width")];
  const rows = Array.from({ length: count.height }, (_, y) =>
    pixelsSeen(down, y, pool.kernel.height, height),
  );
  const columns = Array.from({ length: count.width }, (_, at) =>
    pixelsSeen(across, at, pool.kernel.width, width),
  );
  const planes = sizeOf(pooled.slice(0, -2));
  let window = 0;
  for (let plane = 0; plane < planes; plane++) {
    const from = plane * height * width;
    for (const seenRows of rows) {
      for (const seenColumns of columns) {
        found(window++, from, largestPixel(x.data, from, width, seenRows, seenColumns));
      }
    }
  }
}

/** Pixels along one side: from the first, `step` apart, up to but not including `to`. */
interface Seen {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function pixelsSeen(sliding: Sliding, window: number, kernel: number, size: number): Seen {
  const { stride, dilation, before } = sliding;
  const { from, to } = entriesInside(sliding, window, kernel, size);
  const first = window * stride - before;
  return { from: first + from * dilation, to: first + to * dilation, step: dilation };
}

/** The entries of a window that fall on pixels: `from` inclusive, `to` exclusive. */
function entriesInside(
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

function largestPixel(
  data: TensorData,
  plane: number,
  width: number,
  rows: Seen,
  columns: Seen,
): number {
  let best = rows.from * width + columns.from;
  let most = data[plane + best];
  for (let y = rows.from; y < rows.to; y += rows.step) {
    for (let x = columns.from; x < columns.to; x += columns.step) {
      const value = data[plane + y * width + x];
      if (value > most || (Number.isNaN(value) && !Number.isNaN(most))) {
        most = value;
        best = y * width + x;
      }
    }
  }
  return best;
}
