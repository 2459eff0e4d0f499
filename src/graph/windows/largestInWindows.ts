import { type Axis, type HostTensor, sizeOf, type TensorData } from "../../tensor/hostTensor.ts";
import type { Pool } from "../attributes.ts";
import { entriesInside } from "./pooling.ts";
import { imageSize, type Sliding, slidingAlong } from "./windows.ts";

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
