/** Who listens to whom: the nearest units around each unit, by where their keys have moved. */

import type { Size } from "../../image/pixels.ts";
import { type HostTensor, type TensorData, tensor } from "../../tensor/hostTensor.ts";
import { CHANNELS } from "./localMixture.ts";

/** Units at most this many grid steps away can be neighbours. */
const REACH = 2;

export interface Neighbours {
  /** `[near, units]`: indices, nearest first; the unit itself stands in where there are fewer. */
  readonly neighbours: HostTensor;
  /** `[near, units]`: 1 where there is a neighbour. */
  readonly there: HostTensor;
}

/**
 * @param keys `[channels, units]`; the last two channels are the place, in unit spacings.
 * @param near How many neighbours a unit has at most.
 */
export function neighboursOf(keys: TensorData, grid: Size, near: number): Neighbours {
  const units = grid.width * grid.height;
  const x = keys.subarray((CHANNELS - 2) * units, (CHANNELS - 1) * units);
  const y = keys.subarray((CHANNELS - 1) * units, CHANNELS * units);
  const neighbours = new Int32Array(units * near);
  const there = new Uint8Array(units * near);
  for (let unit = 0; unit < units; unit++) {
    const nearest = candidates(unit, grid)
      .map((other) => ({ other, distance: squaredDistance(x, y, unit, other) }))
      .sort((a, b) => a.distance - b.distance || a.other - b.other);
    for (let i = 0; i < near; i++) {
      neighbours[i * units + unit] = nearest[i]?.other ?? unit;
      there[i * units + unit] = i < nearest.length ? 1 : 0;
    }
  }
  const sizes = { near, units };
  return { neighbours: tensor(sizes, neighbours), there: tensor(sizes, there) };
}

function candidates(unit: number, { width, height }: Size): readonly number[] {
  const x = unit % width;
  const y = (unit - x) / width;
  const found: number[] = [];
  for (let row = Math.max(0, y - REACH); row <= Math.min(height - 1, y + REACH); row++) {
    for (let column = Math.max(0, x - REACH); column <= Math.min(width - 1, x + REACH); column++) {
      if (row !== y || column !== x) found.push(row * width + column);
    }
  }
  return found;
}

function squaredDistance(x: TensorData, y: TensorData, a: number, b: number): number {
  const dx = x[a] - x[b];
  const dy = y[a] - y[b];
  return dx * dx + dy * dy;
}
