/** From light to stored pixels, as a film would: highlights bend, and there is a little grain. */

import { srgbOfLight } from "../../image/srgb.ts";
import type { Light } from "./colour.ts";
import { scatter } from "./noise.ts";

/** Brightness is exact up to here, and above bends towards white. */
const KNEE = 0.7;
/** Light beyond this is white. */
const WHITE = 4;
/** The spread of the grain, in 8-bit steps. */
const GRAIN = 5;
/** Entries of the curve: its steps are below one of 8 bits. */
const STEPS = 4096;

/** A film whose grain a seed determines; what it returns writes the pixel (x, y) to `data`, from `at` on. */
export function film(
  seed: number,
): (light: Light, x: number, y: number, data: Uint8Array, at: number) => void {
  // Entry i is for light of WHITE · (i / last)², so that dark tones get their share.
  const curve = Float32Array.from({ length: STEPS }, (_, i) => {
    const light = WHITE * (i / (STEPS - 1)) ** 2;
    const over = Math.max(0, light - KNEE) / (1 - KNEE);
    return 255 * srgbOfLight(Math.min(light, KNEE) + (1 - KNEE) * Math.tanh(over));
  });
  // Not the numbers that chose the things.
  const grain = scatter(~seed);
  return (light, x, y, data, at) => {
    const noise = GRAIN * (grain(x, y) - 0.5);
    for (let i = 0; i < 3; i++) {
      const entry = Math.round((STEPS - 1) * Math.sqrt(Math.min(1, light[i] / WHITE)));
      data[at + i] = Math.min(255, Math.max(0, Math.round(curve[entry] + noise)));
    }
  };
}
