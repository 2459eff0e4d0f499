/** What lies around a token: mean colours, near and wide, and how uneven the lightness is. */

import { boxBlur } from "../../image/blur.ts";
import type { Plane } from "../../image/pixels.ts";
import type { ColourConstants } from "./constants.ts";
import type { LookAt } from "./looks.ts";
import { tokenColours } from "./tokens.ts";

/** Surroundings of a token, in tokens to each side: near, for texture, and wide. */
const LOCAL_RADIUS = 1;
const TEXTURE_RADIUS = 2;
const WIDE_RADIUS = 4;

export function surroundings({ appearanceSigma: sigma }: ColourConstants): LookAt {
  return async ({ lab, grid }) => {
    const colours = tokenColours(lab, grid);
    const around = (radius: number, own: number) =>
      colours.map((plane) => ({ plane: boxBlur(plane, radius), sigma: own }));
    return [
      ...around(LOCAL_RADIUS, sigma.local),
      ...around(WIDE_RADIUS, sigma.wide),
      { plane: deviation(colours[0], TEXTURE_RADIUS), sigma: sigma.texture },
    ];
  };
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
