/** The second half of the guided filter: its linear functions on the full-resolution picture, by rows. */

import type { Coefficients } from "./guidedFilter.ts";
import type { Picture, Size } from "./pixels.ts";

/**
 * q = āᵀ I + b̄ for rows `from` to `to` (exclusive) of the picture, for several inputs.
 *
 * @param coefficients One per input, at the guide's `size`.
 * @returns            `[inputs, rows, width]`. Values can leave the range of the inputs a little, as
 *   any linear function does; clamp what must not.
 */
export function applyGuided(
  coefficients: readonly Coefficients[],
  size: Size,
  picture: Picture,
  from: number,
  to: number,
): Float32Array {
  const { width, data } = picture;
  const rows = to - from;
  const result = new Float32Array(coefficients.length * rows * width);
  const columns = blends(size.width, width);
  const lines = blends(size.height, picture.height);
  // ā and b̄ of one row, at the guide's width, interleaved: four numbers per column.
  const row = new Float64Array(4 * size.width);
  coefficients.forEach((planes, input) => {
    for (let y = from; y < to; y++) {
      const start = lines.first[y] * size.width;
      const next = lines.next[y] * size.width;
      blendRows(planes, start, next, lines.share[y], row);
      const colours = data.subarray(y * width * 3, (y + 1) * width * 3);
      const target = (input * rows + y - from) * width;
      evaluateRow(row, columns, colours, result.subarray(target, target + width));
    }
  });
  return result;
}

/** For each new position: the two old ones it lies between, and the share of the second. */
interface Blends {
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly share: Float64Array;
}

function blends(from: number, to: number): Blends {
  const positions = Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5)),
  );
  return {
    first: Int32Array.from(positions, Math.floor),
    next: Int32Array.from(positions, Math.ceil),
    share: Float64Array.from(positions, (position) => position - Math.floor(position)),
  };
}

function blendRows(
  planes: Coefficients,
  start: number,
  next: number,
  share: number,
  row: Float64Array,
): void {
  const [red, green, blue, offset] = planes;
  const rest = 1 - share;
  for (let i = 0, at = 0; at < row.length; i++, at += 4) {
    row[at] = rest * red[start + i] + share * red[next + i];
    row[at + 1] = rest * green[start + i] + share * green[next + i];
    row[at + 2] = rest * blue[start + i] + share * blue[next + i];
    row[at + 3] = rest * offset[start + i] + share * offset[next + i];
  }
}

function evaluateRow(
  row: Float64Array,
  { first, next, share }: Blends,
  colours: ArrayLike<number>,
  result: Float32Array,
): void {
  for (let x = 0; x < result.length; x++) {
    const a = 4 * first[x];
    const b = 4 * next[x];
    const t = share[x];
    const s = 1 - t;
    const red = (s * row[a] + t * row[b]) * colours[3 * x];
    const green = (s * row[a + 1] + t * row[b + 1]) * colours[3 * x + 1];
    const blue = (s * row[a + 2] + t * row[b + 2]) * colours[3 * x + 2];
    result[x] = (red + green + blue) / 255 + s * row[a + 3] + t * row[b + 3];
  }
}
