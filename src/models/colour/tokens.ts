/** Colour-and-texture tokens: what one cell of a grid over the picture looks like, and its surroundings. */

import { areaAverage } from "../../image/areaAverage.ts";
import { boxBlur } from "../../image/blur.ts";
import type { LabPlanes } from "../../image/lab.ts";
import type { Plane, Size } from "../../image/pixels.ts";

/** Surroundings of a token, in tokens to each side: near, for texture, and wide. */
const LOCAL_RADIUS = 1;
const TEXTURE_RADIUS = 2;
const WIDE_RADIUS = 4;

export interface Tokens extends Size {
  /** Mean colour of each token: L, a, b. */
  readonly colour: readonly Plane[];
  /** Mean colour of its near surroundings. */
  readonly local: readonly Plane[];
  /** Mean colour of its wide surroundings. */
  readonly wide: readonly Plane[];
  /** Standard deviation of lightness around it. */
  readonly texture: Plane;
}

export function tokensOf({ l, a, b }: LabPlanes, grid: Size): Tokens {
  const colour = [l, a, b].map((plane) => areaAverage(plane, grid));
  const local = colour.map((plane) => boxBlur(plane, LOCAL_RADIUS));
  const wide = colour.map((plane) => boxBlur(plane, WIDE_RADIUS));
  return { ...grid, colour, local, wide, texture: deviation(colour[0], TEXTURE_RADIUS) };
}

function deviation(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const mean = boxBlur(plane, radius).data;
  const squares = boxBlur({ width, height, data: data.map((value) => value * value) }, radius).data;
  return {
    width,
    height,
    data: mean.map((value, i) => Math.sqrt(Math.max(0, squares[i] - value * value))),
  };
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
