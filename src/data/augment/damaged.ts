/** Masks as a model might have got them wrong: too large, too small, cut, spilled. */

import { isWrong } from "../../clicks/errors.ts";
import { INSIDE, type Truth } from "../../clicks/truth.ts";
import type { Mask } from "../../image/pixels.ts";
import { squaredDistances } from "../../image/squaredDistances.ts";
import { objectPixel } from "./squareCut.ts";

/** Radii of damages, as shares of the side of a square as large as the object. */
const LEAST_RADIUS = 0.04;
const MOST_RADIUS = 0.5;
/** At most so many damages at a time. */
const MOST_DAMAGES = 3;

/** One damage: what becomes of a mask. */
type Damage = (mask: Mask, truth: Truth, radius: number, random: () => number) => Mask;

/** Pixels nearer to the outside than the radius are lost; as near to the object, won. */
const shrink: Damage = (mask, _, radius) => {
  const { data } = squaredDistances(mask, { border: "unknown" });
  return changed(mask, (at) => (data[at] <= radius * radius ? 0 : 1));
};

const grow: Damage = (mask, _, radius) => {
  const outside = changed(mask, (at) => (mask.data[at] === 0 ? 1 : 0));
  const { data } = squaredDistances(outside, { border: "unknown" });
  return changed(mask, (at) => (data[at] <= radius * radius ? 1 : 0));
};

/** A disc around a pixel of the object is lost, or won with what lies around it. */
const bite: Damage = (mask, truth, radius, random) => disc(mask, truth, radius, random, 0);

const spill: Damage = (mask, truth, radius, random) => disc(mask, truth, 2 * radius, random, 1);

/** All on one side of a line through a pixel of the object is lost. */
const cut: Damage = (mask, truth, _, random) => {
  const { width } = mask;
  const centre = objectPixel(truth, random());
  const angle = 2 * Math.PI * random();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [centre % width, Math.floor(centre / width)];
  return changed(mask, (at) => {
    const side = ((at % width) - x) * cos + (Math.floor(at / width) - y) * sin;
    return side >= 0 ? 0 : mask.data[at];
  });
};

const DAMAGES: readonly Damage[] = [shrink, grow, bite, spill, cut];

/**
 * A mask of the object with some damage: it is wrong somewhere. The same random numbers give the same.
 *
 * @param truth  Holds an object.
 * @param random Uniform in [0, 1).
 */
export function damaged(truth: Truth, random: () => number): Mask {
  const whole = changed(truth, (at) => (truth.data[at] === INSIDE ? 1 : 0));
  const side = Math.sqrt(whole.data.reduce((sum, value) => sum + value, 0));
  for (;;) {
    let mask = whole;
    const count = 1 + Math.floor(random() * MOST_DAMAGES);
    for (let i = 0; i < count; i++) {
      const damage = DAMAGES[Math.floor(random() * DAMAGES.length)];
      const radius = side * (LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * random() ** 2);
      mask = damage(mask, truth, Math.max(1, radius), random);
    }
    // A bite always is an error, so that this ends.
    if (isWrong(truth, mask)) return mask;
  }
}

function disc(mask: Mask, truth: Truth, radius: number, random: () => number, value: number): Mask {
  const { width } = mask;
  const centre = objectPixel(truth, random());
  const [x, y] = [centre % width, Math.floor(centre / width)];
  return changed(mask, (at) => {
    const squared = ((at % width) - x) ** 2 + (Math.floor(at / width) - y) ** 2;
    return squared <= radius * radius ? value : mask.data[at];
  });
}

function changed({ width, height, data }: Mask, value: (at: number) => number): Mask {
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) result[at] = value(at);
  return { width, height, data: result };
}
