/**
 * An image as a matrix with one column per window: entry `[channel, ky, kx]` of column `[y, x]` is
 * the pixel that the window at `[y, x]` sees there, 0 beyond the border. A convolution is a product
 * with this matrix.
 */

import type { TensorData } from "../../tensor/hostTensor.ts";
import type { Sides, Windows } from "../attributes.ts";
import { type ImageSize, type Sliding, slidingAlong } from "./windows.ts";

/** What the matrix is made of. */
export interface ColumnLayout {
  readonly image: Pick<ImageSize, "channels" | "height" | "width">;
  readonly kernel: Sides<number>;
  /** How many windows there are. */
  readonly count: Sides<number>;
  readonly windows: Windows;
}

/**
 * Whether the matrix is the image itself: every window is one pixel and every pixel one window, or
 * there is one window that sees all.
 */
export function isImageItself({ image, kernel, count, windows }: ColumnLayout): boolean {
  const onEachSide = (holds: (side: keyof Sides<unknown>) => boolean): boolean =>
    holds("height") && holds("width");
  const begins = (side: keyof Sides<unknown>): boolean => windows.padding[side].before === 0;
  const isPixelwise = onEachSide(
    (side) => begins(side) && kernel[side] === 1 && count[side] === image[side],
  );
  const seesAll = onEachSide(
    (side) =>
      begins(side) &&
      count[side] === 1 &&
      kernel[side] === image[side] &&
      (kernel[side] === 1 || windows.dilation[side] === 1),
  );
  return isPixelwise || seesAll;
}

/** Write the matrix of the image that begins at `from`. */
function writeColumns(
  columns: TensorData,
  data: TensorData,
  from: number,
  layout: ColumnLayout,
): void {
  columns.fill(0);
  forEachRow(layout, (column, pixel, step, length) => {
    const first = from + pixel;
    for (let n = 0; n < length; n++) columns[column + n] = data[first + n * step];
  });
}

/** The adjoint: add every entry of the matrix to the pixel it was taken from. */
export function addColumns(totals: Float64Array, columns: TensorData, layout: ColumnLayout): void {
  forEachRow(layout, (column, pixel, step, length) => {
    for (let n = 0; n < length; n++) totals[pixel + n * step] += columns[column + n];
  });
}

/**
 * Every row of windows, for every entry of a window that falls on pixels there: where its entries
 * begin in the matrix, where its pixels begin in the image and how far apart those lie, and how
 * many there are.
 */
function forEachRow(
  { image, kernel, count, windows }: ColumnLayout,
  row: (column: number, pixel: number, step: number, length: number) => void,
): void {
  const down = slidingAlong(windows, "height");
  const across = slidingAlong(windows, "width");
  let start = 0;
  for (let channel = 0; channel < image.channels; channel++) {
    for (let ky = 0; ky < kernel.height; ky++) {
      const rows = windowsInside(down, ky, image.height, count.height);
      for (let kx = 0; kx < kernel.width; kx++, start += count.height * count.width) {
        const { from, to } = windowsInside(across, kx, image.width, count.width);
        if (from >= to) continue;
        const x = pixelOf(across, from, kx);
        for (let y = rows.from; y < rows.to; y++) {
          const line = (channel * image.height + pixelOf(down, y, ky)) * image.width;
          row(start + y * count.width + from, line + x, across.stride, to - from);
        }
      }
    }
  }
}

/** Which pixel a window sees as its entry `k`. */
function pixelOf({ stride, dilation, before }: Sliding, window: number, k: number): number {
  return window * stride - before + k * dilation;
}

/** The windows whose entry `k` falls on one of `size` pixels: `from` inclusive, `to` exclusive. */
function windowsInside(
  sliding: Sliding,
  k: number,
  size: number,
  count: number,
): { from: number; to: number } {
  const first = pixelOf(sliding, 0, k);
  const from = Math.max(0, Math.ceil(-first / sliding.stride));
  const to = Math.min(count, Math.ceil((size - first) / sliding.stride));
  return { from, to };
}

/** The matrices of one image after another; each is gone when the next is asked for. */
export function columnsOf(data: TensorData, layout: ColumnLayout): (image: number) => TensorData {
  const { image, kernel, count } = layout;
  const pixels = image.channels * image.height * image.width;
  if (isImageItself(layout)) return (at) => data.subarray(at * pixels, (at + 1) * pixels);
  const entries = kernel.height * kernel.width * count.height * count.width;
  const columns = emptyLike(data, image.channels * entries);
  return (at) => {
    writeColumns(columns, data, at * pixels, layout);
    return columns;
  };
}

function emptyLike(data: TensorData, length: number): TensorData {
  return data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}
