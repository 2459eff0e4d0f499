/** Which things a scene shows, how large, turned how, and where. */

import type { Size } from "../../image/pixels.ts";
import { feather, leaf, pebble, starfish } from "./finds.ts";
import { cookie, doughnut, egg, orange } from "./food.ts";
import { mix } from "./noise.ts";
import type { Kind, Thing } from "./thing.ts";
import { ball, nut, tile } from "./toys.ts";

/** A thing in its place, in pixels. */
export interface Placed {
  readonly name: string;
  readonly thing: Thing;
  readonly x: number;
  readonly y: number;
  /** Pixels of one unit of the thing. */
  readonly radius: number;
  /** Cosine and sine of how far it is turned. */
  readonly cos: number;
  readonly sin: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  ball,
  cookie,
  doughnut,
  egg,
  feather,
  leaf,
  nut,
  orange,
  pebble,
  starfish,
  tile,
};

/** How many things a scene has. */
const COUNT = 7;
/** Radii, as shares of the side of a square as large as the scene. */
const SMALLEST = 0.105;
const LARGEST = 0.185;
/** Two things keep this share of their radii apart, so that none is hidden. */
const APART = 0.76;
/** Places that are tried for each thing. */
const TRIES = 300;

/** The things of a scene, lowest first; smaller ones lie on larger ones. */
export function placedThings(random: () => number, size: Size): readonly Placed[] {
  const side = Math.sqrt(size.width * size.height);
  const names = shuffled(Object.keys(kinds), random).slice(0, COUNT);
  const placed: Placed[] = [];
  names.forEach((name, i) => {
    const share = (i + random()) / COUNT;
    const radius = side * mix(LARGEST, SMALLEST, share);
    const angle = 2 * Math.PI * random();
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const place = placeFor(radius, placed, size, random, i % 2 === 1);
    placed.push({ name, thing: kinds[name](random), radius, cos, sin, ...place });
  });
  return placed;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * A place that is far enough from all others: any one, or where things are to lie on one another
 * the closest one found. Where there is none, the one farthest off.
 */
function placeFor(
  radius: number,
  placed: readonly Placed[],
  { width, height }: Size,
  random: () => number,
  close: boolean,
): Place {
  const margin = 0.9 * radius;
  const tried = Array.from({ length: TRIES }, () => {
    const x = mix(margin, width - margin, random());
    const y = mix(margin, height - margin, random());
    const gaps = placed.map(
      (other) => Math.hypot(x - other.x, y - other.y) / (radius + other.radius),
    );
    return { place: { x, y }, gap: Math.min(2, ...gaps) };
  });
  const free = tried.filter(({ gap }) => gap >= APART);
  const byGap = (a: { gap: number }, b: { gap: number }) => a.gap - b.gap;
  if (free.length === 0) return tried.toSorted(byGap)[TRIES - 1].place;
  return close ? free.toSorted(byGap)[0].place : free[0].place;
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
