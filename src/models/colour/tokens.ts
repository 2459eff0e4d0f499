/** Tokens: the cells of a grid over the picture, as planes of one number each. */

import { areaAverage } from "../../image/areaAverage.ts";
import type { LabPlanes } from "../../image/lab.ts";
import type { Plane, Size } from "../../image/pixels.ts";

/** Mean colour of each token: L, a, b. */
export function tokenColours({ l, a, b }: LabPlanes, grid: Size): readonly Plane[] {
  return [l, a, b].map((plane) => areaAverage(plane, grid));
}

/** Planes one behind the other: `[channels, …]`. */
export function stacked(planes: readonly Float32Array[]): Float32Array {
  const stack = new Float32Array(planes.reduce((sum, { length }) => sum + length, 0));
  let done = 0;
  for (const plane of planes) {
    stack.set(plane, done);
    done += plane.length;
  }
  return stack;
}

/** Mean of a plane over the cells of a coarser grid, by the cell of each entry. */
export function cellMeans(plane: Float32Array, cells: Int32Array, count: number): Float32Array {
  const totals = new Float32Array(count);
  const members = new Float32Array(count);
  for (let i = 0; i < cells.length; i++) {
    totals[cells[i]] += plane[i];
    members[cells[i]]++;
  }
  return totals.map((total, cell) => total / members[cell]);
}
