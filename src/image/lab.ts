/**
 * CIE L*a*b* (1976) of sRGB colours under D65: distances in it are roughly how
 * different two colours look.
 *
 *     L = 116 f(Y) − 16,  a = 500 (f(X) − f(Y)),  b = 200 (f(Y) − f(Z))
 *     f(t) = ∛t for t > (6/29)³, else t / (3 (6/29)²) + 4/29
 *
 * with X, Y, Z relative to the white that sRGB's own matrix makes, so that
 * every grey has a = b = 0.
 */

import type { Picture, Plane } from "./pixels.ts";
import { lightOfSrgb } from "./srgb.ts";

/** Lightness, 0 black to 100 white; green to red; blue to yellow (about ±110). */
export interface LabPlanes {
  readonly l: Plane;
  readonly a: Plane;
  readonly b: Plane;
}

/** Rows of X, Y, Z from light red, green, blue (IEC 61966-2-1); their sums are the white point. */
const X_OF_RGB = [0.4124, 0.3576, 0.1805] as const;
const Y_OF_RGB = [0.2126, 0.7152, 0.0722] as const;
const Z_OF_RGB = [0.0193, 0.1192, 0.9505] as const;

const KNEE = 6 / 29;

/** The colour of each pixel in CIE Lab. */
export function labPlanes({ width, height, data }: Picture): LabPlanes {
  const light = Float64Array.from({ length: 256 }, (_, byte) => lightOfSrgb(byte / 255));
  const plane = () => new Float32Array(width * height);
  const [l, a, b] = [plane(), plane(), plane()];
  for (let i = 0; i < l.length; i++) {
    const red = light[data[3 * i]];
    const green = light[data[3 * i + 1]];
    const blue = light[data[3 * i + 2]];
    const x = root(relative(X_OF_RGB, red, green, blue));
    const y = root(relative(Y_OF_RGB, red, green, blue));
    const z = root(relative(Z_OF_RGB, red, green, blue));
    l[i] = 116 * y - 16;
    a[i] = 500 * (x - y);
    b[i] = 200 * (y - z);
  }
  const planeOf = (values: Float32Array): Plane => ({ width, height, data: values });
  return { l: planeOf(l), a: planeOf(a), b: planeOf(b) };
}

function relative(
  row: readonly [number, number, number],
  red: number,
  green: number,
  blue: number,
): number {
  return (row[0] * red + row[1] * green + row[2] * blue) / (row[0] + row[1] + row[2]);
}

function root(t: number): number {
  return t > KNEE ** 3 ? Math.cbrt(t) : t / (3 * KNEE ** 2) + 4 / 29;
}
