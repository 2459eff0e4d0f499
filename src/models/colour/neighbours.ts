/** Who listens to whom: the nearest units around each unit, by where their keys have moved. */

import type { Size } from "../../image/pixels.ts";
import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import { CHANNELS } from "./localMixture.ts";

/** Units at most this many grid steps away can be neighbours. */
const REACH = 2;

export interface Neighbours {
  /** `[units, near]`: indices, nearest first; the unit itself stands in where there are fewer. */
  readonly neighbours: HostTensor;
  /** `[units, near]`: 1 where there is a neighbour. */
  readonly there: HostTensor;
}

/**
 * @param keys `[units, channels]`; the last two channels are the place, in unit spacings.
 * @param near How many neighbours a unit has at most.
 */
export function neighboursOf(keys: ArrayLike<number>, grid: Size, near: number): Neighbours {
  const units = grid.width * grid.height;
  const neighbours = new Int32Array(units * near);
  const there = new Uint8Array(units * near);
  for (let unit = 0; unit < units; unit++) {
    const nearest = candidates(unit, grid)
      .map((other) => ({ other, distance: squaredDistance(keys, unit, other) }))
      .sort((a, b) => a.distance - b.distance || a.other - b.other);
    for (let i = 0; i < near; i++) {
      neighbours[unit * near + i] = nearest[i]?.other ?? unit;
      there[unit * near + i] = i < nearest.length ? 1 : 0;
    }
  }
  const sizes = { units, near };
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

function squaredDistance(keys: ArrayLike<number>, a: number, b: number): number {
  const dx = keys[a * CHANNELS + 3] - keys[b * CHANNELS + 3];
  const dy = keys[a * CHANNELS + 4] - keys[b * CHANNELS + 4];
  return dx * dx + dy * dy;
}
