/** Everything that pulls on the units besides their neighbours, from what was said. */

import type { Size } from "../../image/pixels.ts";
import { UNSURE } from "../../image/unsure.ts";
import type { ColourConstants } from "./constants.ts";
import type { ColourEncoding } from "./encode.ts";
import { NEAR } from "./grid.ts";
import { diskRadius, regionAround, type Seeds, visitDisks } from "./seeds.ts";

export interface Pulls {
  /** `[labels, units]`: pull towards each label from clicks, strokes, boxes and the starting mask. */
  readonly said: Float32Array;
  /** `[labels, units]`: the same as examples of what a label looks like. */
  readonly examples: Float32Array;
}

export function pullsOf(
  seeds: Seeds,
  labels: number,
  encoding: ColourEncoding,
  constants: ColourConstants,
): Pulls {
  const units = encoding.units.width * encoding.units.height;
  const spoken = spokenMass(seeds, labels, encoding, constants);
  const disk = halfDisk(encoding, constants);
  const said = spoken.map((mass) => (constants.clickPull * mass) / disk);
  const examples = spoken.map((mass) => (constants.clickExample * mass) / disk);
  if (seeds.regions.length > 0) addRegions(said, seeds, labels, encoding, constants);
  if (seeds.start) addStart(said, seeds.start, units, encoding, constants);
  return { said, examples };
}

/** Pixels that were spoken for, by the units they belong to, `[labels, units]`. */
function spokenMass(
  seeds: Seeds,
  labels: number,
  { picture, units: grid, bands }: ColourEncoding,
  constants: ColourConstants,
): Float32Array {
  const units = grid.width * grid.height;
  const mass = new Float32Array(labels * units);
  visitDisks(seeds, picture, diskRadius(picture, constants), (at, label) => {
    const { from, count, near, weights } = bands[Math.floor(at / bands[0].count)];
    for (let k = at - from; k < NEAR * count; k += count) {
      mass[label * units + near.data[k]] += weights.data[k];
    }
  });
  return mass;
}

/** Half of what a click covers, or of a unit where that is smaller: so much mass is one click's pull. */
function halfDisk({ picture, units }: ColourEncoding, constants: ColourConstants): number {
  const disk = Math.PI * diskRadius(picture, constants) ** 2;
  return Math.min(disk, (picture.width * picture.height) / (units.width * units.height)) / 2;
}

/** Outside its regions a label's share goes to the background; inside a box it gets a little, inside a lasso more. */
function addRegions(
  said: Float32Array,
  seeds: Seeds,
  labels: number,
  { picture, units: grid }: ColourEncoding,
  { outsidePull, insidePull, lassoPull }: ColourConstants,
): void {
  const units = grid.width * grid.height;
  for (let unit = 0; unit < units; unit++) {
    const { x, y } = centre(unit, grid, picture);
    let outside = true;
    for (let label = 1; label < labels; label++) {
      const around = regionAround(seeds, label, x, y);
      if (around === "box") said[label * units + unit] += insidePull;
      if (around === "lasso") said[label * units + unit] += lassoPull;
      outside &&= around === "none";
    }
    if (outside) said[unit] += outsidePull;
  }
}

/** The middle of a unit's cell, in pixels of the picture. */
function centre(
  unit: number,
  grid: Size,
  picture: Size,
): { readonly x: number; readonly y: number } {
  const column = unit % grid.width;
  const row = (unit - column) / grid.width;
  return {
    x: ((column + 0.5) * picture.width) / grid.width - 0.5,
    y: ((row + 0.5) * picture.height) / grid.height - 0.5,
  };
}

/** Each unit is pulled to the labels its pixels have in the starting mask. */
function addStart(
  said: Float32Array,
  { data, precision }: { readonly data: Uint8Array; readonly precision: number },
  units: number,
  { bands }: ColourEncoding,
  { startPull }: ColourConstants,
): void {
  const share = new Float32Array(said.length);
  const mass = new Float32Array(units);
  for (const { from, count, near, weights } of bands) {
    for (let k = 0; k < count * NEAR; k++) {
      const unit = near.data[k];
      const label = data[from + (k % count)];
      if (label === UNSURE) continue;
      share[label * units + unit] += weights.data[k];
      mass[unit] += weights.data[k];
    }
  }
  for (let i = 0; i < said.length; i++) {
    const unit = i % units;
    if (mass[unit] > 0) said[i] += (startPull * precision * share[i]) / mass[unit];
  }
}
