/** Colours as light, so that shading and blending are those of light. */

import { lightOfSrgb } from "../../image/srgb.ts";
import { mix } from "./noise.ts";

/** Linear red, green, blue; 1 is white paper in full light. */
export type Light = readonly [red: number, green: number, blue: number];

/** The light of a colour written as in a stylesheet, `#rrggbb`. */
export function hex(text: string): Light {
  const byte = (at: number) => lightOfSrgb(Number.parseInt(text.slice(at, at + 2), 16) / 255);
  return [byte(1), byte(3), byte(5)];
}

export function blend(a: Light, b: Light, t: number): Light {
  return [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
}

export function scaled(colour: Light, factor: number): Light {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}
