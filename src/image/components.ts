/** Connected components: pixels of one label that hang together. */

import type { Mask, Size } from "./pixels.ts";

/** Which neighbours a pixel hangs together with: 4 across edges, 8 also across corners. */
export type Connectivity = 4 | 8;

export interface Components extends Size {
  /** How many there are. */
  readonly count: number;
  /** `[height, width]`: 0 where the mask is 0, else 1 to `count`, in the order of their first pixels, row by row. */
  readonly data: Int32Array;
}

/** The neighbours met before a pixel, row by row; the first two are those across edges. */
const BEFORE_X: readonly number[] = [-1, 0, -1, 1];
const BEFORE_Y: readonly number[] = [0, -1, -1, -1];

/**
 * The connected components of all labels but 0; pixels of different labels never hang together.
 *
 * Two passes with a forest of provisional numbers (Rosenfeld & Pfaltz 1966).
 */
export function components(mask: Mask, connectivity: Connectivity): Components {
  const { width, height, data } = mask;
  const numbers = new Int32Array(width * height);
  const parents: number[] = [0];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const x = at % width;
    let number = 0;
    for (let i = 0; i < connectivity / 2; i++) {
      const column = x + BEFORE_X[i];
      const neighbour = at + BEFORE_Y[i] * width + BEFORE_X[i];
      if (column < 0 || column >= width || neighbour < 0) continue;
      if (data[neighbour] === data[at]) number = join(parents, number, numbers[neighbour]);
    }
    if (number === 0) {
      number = parents.length;
      parents.push(number);
    }
    numbers[at] = number;
  }
  // A root is the smallest number of its tree, so roots are met in the order of first pixels.
  const final = new Int32Array(parents.length);
  let count = 0;
  for (let number = 1; number < parents.length; number++) {
    const root = rootOf(parents, number);
    final[number] = root === number ? ++count : final[root];
  }
  for (let at = 0; at < numbers.length; at++) numbers[at] = final[numbers[at]];
  return { width, height, count, data: numbers };
}

/** Join two trees, 0 meaning none, and return the root of both: the smaller one. */
function join(parents: number[], a: number, b: number): number {
  if (a === 0 || a === b) return b;
  const [rootA, rootB] = [rootOf(parents, a), rootOf(parents, b)];
  const root = Math.min(rootA, rootB);
  parents[Math.max(rootA, rootB)] = root;
  return root;
}

function rootOf(parents: number[], number: number): number {
  let at = number;
  while (parents[at] !== at) {
    parents[at] = parents[parents[at]];
    at = parents[at];
  }
  return at;
}
