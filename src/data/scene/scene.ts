/**
 * Pictures with known answers: things seen from above, lying on and over one
 * another, lit from the top left. A seed determines every pixel of the picture
 * and of its mask.
 */

import { checkSize } from "../../image/checkSize.ts";
import type { Mask, Picture, Size } from "../../image/pixels.ts";
import { blend, type Light, scaled } from "./colour.ts";
import { film } from "./film.ts";
import { grounds } from "./grounds.ts";
import { sequence } from "./noise.ts";
import { type Placed, placedThings } from "./placing.ts";
import { distanceTo, groundLight, lit, reachOf, shaded } from "./shading.ts";
import { length } from "./shapes.ts";
import { pick } from "./thing.ts";

export interface Scene {
  readonly picture: Picture;
  /** What is on top at the centre of each pixel: an index into `names`. */
  readonly truth: Mask;
  /** `names[0]` is the background; no name twice. */
  readonly names: readonly string[];
}

const DEFAULT_SIZE: Size = { width: 640, height: 480 };
/** Units of the ground along the shorter side of a scene. */
const GROUND_UNITS = 5;

/**
 * A scene of seven things on wood, cloth or sand.
 *
 * @param seed A whole number; equal seeds give equal scenes.
 * @param size @default 640 × 480
 */
export function scene(seed: number, size: Size = DEFAULT_SIZE): Scene {
  checkSize("scene", size);
  if (!Number.isInteger(seed)) {
    throw new RangeError(`scene: expected a whole number as the seed, got ${seed}.`);
  }
  const { width, height } = size;
  const random = sequence(seed);
  const ground = pick(random, grounds)(random);
  const things = placedThings(random, size);
  const develop = film(seed);
  const unit = Math.min(width, height) / GROUND_UNITS;
  const data = new Uint8Array(width * height * 3);
  const labels = new Uint8Array(width * height);
  for (let at = 0; at < labels.length; at++) {
    const column = at % width;
    const row = (at - column) / width;
    // The centre of the pixel, so that a scene looks the same at any size.
    const [x, y] = [column + 0.5, row + 0.5];
    let light = groundLight(ground(x / unit, y / unit));
    things.forEach((thing, i) => {
      if (length(x - thing.x, y - thing.y) > reachOf(thing)) return;
      const distance = distanceTo(thing, x, y);
      light = laid(light, thing, distance, x, y);
      if (distance < 0) labels[at] = i + 1;
    });
    develop(scaled(light, falloff(x / width, y / height)), column, row, data, 3 * at);
  }
  return {
    picture: { width, height, data },
    truth: { width, height, data: labels },
    names: ["background", ...things.map(({ name }) => name)],
  };
}

/** A thing, or its shadow, over what was there; its rim covers part of a pixel. */
function laid(light: Light, thing: Placed, distance: number, x: number, y: number): Light {
  const covered = Math.min(1, Math.max(0, 0.5 - distance));
  if (covered === 0) return shaded(light, thing, distance, x, y);
  const top = lit(thing, x, y);
  return covered === 1 ? top : blend(shaded(light, thing, distance, x, y), top, covered);
}

/** The room is brighter towards the sun. */
function falloff(across: number, down: number): number {
  return 1.16 - 0.22 * across - 0.24 * down;
}
