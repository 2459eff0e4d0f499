/** Light on things: a sun at the top left, a bluish sky above, and the shadows of both. */

import { type Light, scaled } from "./colour.ts";
import { ramp } from "./noise.ts";
import type { Placed } from "./placing.ts";
import { length } from "./shapes.ts";

/** To the sun; z is up, out of the picture. */
const SUN = unit(-0.52, -0.62, 0.72);
const SUNLIGHT: Light = [1.02, 0.96, 0.86];
const SKYLIGHT: Light = [0.3, 0.33, 0.38];
/** Halfway between the sun and the eye, which is straight above. */
const HALFWAY = unit(SUN[0], SUN[1], SUN[2] + 1);
/** How narrow a highlight is. */
const SHININESS = 48;
/** Step for slopes, in units of a thing. */
const STEP = 0.006;

/** How high a thing stands, as a share of how far it is rounded. */
const HEIGHT = 0.62;

/** Signed distance to a thing, in pixels. */
export function distanceTo(placed: Placed, x: number, y: number): number {
  const [u, v] = ownFrame(placed, x, y);
  return placed.thing.distance(u, v) * placed.radius;
}

/** How far from its middle a thing or its shadow can be, in pixels. */
export function reachOf({ radius, thing }: Placed): number {
  return radius * (1.15 + 1.6 * HEIGHT * thing.bevel);
}

/** The light that a thing sends to the eye from a place on it. */
export function lit(placed: Placed, x: number, y: number): Light {
  const { thing, cos, sin } = placed;
  const [u, v] = ownFrame(placed, x, y);
  const { colour, gloss } = thing.surface(u, v);
  const [nu, nv, nz] = normal(placed, u, v);
  const [nx, ny] = [cos * nu - sin * nv, sin * nu + cos * nv];
  const facing = Math.max(0, nx * SUN[0] + ny * SUN[1] + nz * SUN[2]);
  const open = 0.55 + 0.45 * nz;
  const mirrored = Math.max(0, nx * HALFWAY[0] + ny * HALFWAY[1] + nz * HALFWAY[2]);
  const shine = gloss * (0.9 * mirrored ** SHININESS + 0.1 * mirrored ** 6);
  const channel = (i: 0 | 1 | 2) =>
    colour[i] * (SUNLIGHT[i] * facing + SKYLIGHT[i] * open) + SUNLIGHT[i] * shine;
  return [channel(0), channel(1), channel(2)];
}

/** What a thing leaves of the light on what is below it, `distance` from its rim: its shadow, and the dark where it touches. */
export function shaded(
  light: Light,
  placed: Placed,
  distance: number,
  x: number,
  y: number,
): Light {
  const { radius, thing } = placed;
  const height = HEIGHT * thing.bevel * radius;
  const shift = height / SUN[2];
  const cast = distanceTo(placed, x + shift * SUN[0], y + shift * SUN[1]);
  const soft = 0.28 * height + 0.015 * radius;
  const shadow = 0.62 * ramp(soft, -soft, cast);
  const gap = Math.max(0, distance) / radius;
  const contact = 0.4 * Math.exp(-gap / 0.06);
  return scaled(light, (1 - shadow) * (1 - contact));
}

/** The sun and the sky on flat ground. */
export function groundLight(colour: Light): Light {
  const channel = (i: 0 | 1 | 2) => colour[i] * (SUNLIGHT[i] * SUN[2] + SKYLIGHT[i]);
  return [channel(0), channel(1), channel(2)];
}

/** From pixels to the units and the directions of a thing. */
function ownFrame(
  { x, y, radius, cos, sin }: Placed,
  px: number,
  py: number,
): readonly [number, number] {
  const [dx, dy] = [(px - x) / radius, (py - y) / radius];
  return [cos * dx + sin * dy, cos * dy - sin * dx];
}

/** The direction a surface faces: a quarter circle up from the rim, flat from `bevel` on, with its relief. */
function normal({ thing }: Placed, u: number, v: number): readonly [number, number, number] {
  const { bevel } = thing;
  const here = thing.distance(u, v);
  const rim = 1 - Math.min(1, Math.max(0, -here / bevel));
  const [du, dv] = slope(thing.distance, here, u, v);
  const steepness = length(du, dv) || 1;
  const up = Math.sqrt(Math.max(0.02, 1 - rim * rim));
  let [nu, nv] = [(rim * du) / steepness, (rim * dv) / steepness];
  if (thing.relief) {
    const [ru, rv] = slope(thing.relief, thing.relief(u, v), u, v);
    nu -= ru * up;
    nv -= rv * up;
  }
  return unit(nu, nv, up);
}

function slope(
  of: (u: number, v: number) => number,
  here: number,
  u: number,
  v: number,
): readonly [number, number] {
  return [(of(u + STEP, v) - here) / STEP, (of(u, v + STEP) - here) / STEP];
}

function unit(x: number, y: number, z: number): readonly [number, number, number] {
  const norm = Math.sqrt(x * x + y * y + z * z);
  return [x / norm, y / norm, z / norm];
}
