/** Regular grids over a picture, and which cells of a grid lie around a place. */

import type { Size } from "../../image/pixels.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";

/** How many cells of a grid a place can belong to: its own and the eight around it. */
export const NEAR = 9;

/** A grid of about `count` cells, as square as the size allows, at least one each way. */
export function gridOf({ width, height }: Size, count: number): Size {
  const side = Math.max(1, Math.sqrt((width * height) / count));
  return {
    width: Math.max(1, Math.min(width, Math.round(width / side))),
    height: Math.max(1, Math.min(height, Math.round(height / side))),
  };
}

/** Where cells of one grid lie in another, and the cells of that one around them. */
export interface Around {
  /** Position of each cell's centre in cells of the other grid, x and y. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** `[near, tokens]`: indices of the cells around; some cell stands in where there is none. */
  readonly near: HostTensor;
  /** `[near, tokens]`: 1 where there is a cell. */
  readonly there: HostTensor;
}

/** Cells `from` to `to` of `fine`, row by row, and the cells of `coarse` around each. */
export function around(fine: Size, coarse: Size, from: number, to: number): Around {
  const count = to - from;
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  const near = new Int32Array(count * NEAR);
  const there = new Uint8Array(count * NEAR);
  for (let i = 0; i < count; i++) {
    const column = (from + i) % fine.width;
    const row = (from + i - column) / fine.width;
    x[i] = ((column + 0.5) * coarse.width) / fine.width;
    y[i] = ((row + 0.5) * coarse.height) / fine.height;
    const left = Math.min(coarse.width - 1, Math.floor(x[i])) - 1;
    const top = Math.min(coarse.height - 1, Math.floor(y[i])) - 1;
    for (let k = 0; k < NEAR; k++) {
      const cx = left + (k % 3);
      const cy = top + Math.floor(k / 3);
      const inside = cx >= 0 && cy >= 0 && cx < coarse.width && cy < coarse.height;
      there[k * count + i] = inside ? 1 : 0;
      near[k * count + i] = inside ? cy * coarse.width + cx : 0;
    }
  }
  const sizes = { near: NEAR, tokens: count };
  return { x, y, near: tensor(sizes, near), there: tensor(sizes, there) };
}

/** The cell of `coarse` that each cell of `fine` lies in. */
export function cellOf(fine: Size, coarse: Size): Int32Array {
  return Int32Array.from({ length: fine.width * fine.height }, (_, i) => {
    const column = i % fine.width;
    const row = (i - column) / fine.width;
    const x = Math.min(coarse.width - 1, Math.floor(((column + 0.5) * coarse.width) / fine.width));
    const y = Math.min(coarse.height - 1, Math.floor(((row + 0.5) * coarse.height) / fine.height));
    return y * coarse.width + x;
  });
}
