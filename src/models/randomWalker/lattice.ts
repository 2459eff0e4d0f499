/** A picture as a lattice: cells joined to their four neighbours, the more the more alike they are. */

import { labPlanes } from "../../image/lab.ts";
import type { Picture, Size } from "../../image/pixels.ts";

export interface Lattice extends Size {
  /** Weight of the edge to the next cell of the row, `[height, width]`; 0 in the last column. */
  readonly right: Float64Array;
  /** To the cell below; 0 in the last row. */
  readonly down: Float64Array;
}

/** How fast the weight falls with the squared difference of colours over its mean. */
const SHARPNESS = 2;
/** No edge is weaker, so that everything hangs together, and a solution is found soon. */
const LEAST = 1e-2;

/** w = max(LEAST, exp(−SHARPNESS ‖c_i − c_j‖² / mean ‖c − c'‖²)), c in CIE Lab. */
export function lattice(picture: Picture): Lattice {
  const { width, height } = picture;
  const { l, a, b } = labPlanes(picture);
  const squares = (step: number, isEdge: (at: number) => boolean) =>
    Float64Array.from({ length: width * height }, (_, at) => {
      if (!isEdge(at)) return 0;
      const next = at + step;
      return (
        (l.data[at] - l.data[next]) ** 2 +
        (a.data[at] - a.data[next]) ** 2 +
        (b.data[at] - b.data[next]) ** 2
      );
    });
  const hasRight = (at: number) => at % width < width - 1;
  const hasDown = (at: number) => at < (height - 1) * width;
  const right = squares(1, hasRight);
  const down = squares(width, hasDown);
  const edges = (width - 1) * height + width * (height - 1);
  const sum = right.reduce((total, square, at) => total + square + down[at], 0);
  const scale = sum === 0 ? 0 : (SHARPNESS * edges) / sum;
  const weight = (square: number) => Math.max(LEAST, Math.exp(-scale * square));
  return {
    width,
    height,
    right: right.map((square, at) => (hasRight(at) ? weight(square) : 0)),
    down: down.map((square, at) => (hasDown(at) ? weight(square) : 0)),
  };
}
