/** Things that somebody made. */

import { blend, hex, scaled } from "./colour.ts";
import { fractalNoise, mix, ramp, smoothNoise } from "./noise.ts";
import { circle, corners, length, polygon, without } from "./shapes.ts";
import { type Kind, newSeed, pick } from "./thing.ts";

export const ball: Kind = (random) => {
  const stripes = pick(random, [
    ["#d9372c", "#f6f1e4", "#2f6fb7", "#f6f1e4", "#f2c230", "#f6f1e4"],
    ["#1f8a70", "#f6f1e4", "#e2572b", "#f6f1e4", "#1f8a70", "#f6f1e4"],
  ]).map(hex);
  const scuffs = fractalNoise(newSeed(random), 3);
  const [poleX, poleY] = [mix(-0.45, 0.45, random()), mix(-0.45, 0.1, random())];
  const poleZ = Math.sqrt(1 - poleX * poleX - poleY * poleY);
  const cap = hex("#f6f1e4");
  return {
    distance: circle(0.98),
    bevel: 0.98,
    surface: (x, y) => {
      const z = Math.sqrt(Math.max(0, 1 - x * x - y * y));
      const height = x * poleX + y * poleY + z * poleZ;
      // Longitude around the pole, from two directions at right angles to it.
      const east = (x * poleZ - z * poleX) / length(poleX, poleZ);
      const north = (y - height * poleY) / length(poleX, poleZ);
      const turn = (Math.atan2(north, east) / (2 * Math.PI) + 1) * stripes.length;
      const stripe = (at: number) => stripes[Math.floor(at) % stripes.length];
      // Seams are a pixel or so wide, all along.
      const seam = 0.5 + (0.5 - Math.abs((turn % 1) - 0.5)) * length(east, north) * 40;
      const next = stripe(turn % 1 < 0.5 ? turn - 1 + stripes.length : turn + 1);
      const cloth = blend(next, stripe(turn), Math.min(1, seam));
      const colour = blend(cloth, cap, ramp(0.963, 0.967, height));
      return { colour: scaled(colour, mix(0.9, 1.05, scuffs(x * 5, y * 5))), gloss: 0.6 };
    },
  };
};

export const nut: Kind = (random) => {
  const brushed = smoothNoise(newSeed(random));
  const stains = fractalNoise(newSeed(random), 3);
  const [steel, dark] = pick(random, [
    [hex("#b9bec4"), hex("#6a7077")],
    [hex("#d9b04c"), hex("#6d4a14")],
  ] as const);
  return {
    distance: without(polygon(corners(6, 0.93), 0.05), circle(0.45)),
    bevel: 0.14,
    relief: (x, y) => 0.0035 * brushed(length(x, y) * 60, x * 2),
    surface: (x, y) => {
      const rings = brushed(length(x, y) * 60, x * 2);
      const worn = 0.35 * stains(x * 3, y * 3) + 0.3 * rings - 0.1;
      const thread = ramp(0.52, 0.47, length(x, y));
      return {
        colour: blend(steel, dark, Math.min(1, Math.max(0, worn + 0.5 * thread))),
        gloss: 0.8,
      };
    },
  };
};

export const tile: Kind = (random) => {
  const glaze = fractalNoise(newSeed(random), 4);
  const [paint, white] = [
    pick(random, [hex("#24559c"), hex("#1d7a70"), hex("#9c3b26")]),
    hex("#efe9da"),
  ];
  const accent = hex("#e0a92e");
  const petals = pick(random, [4, 6, 8]);
  return {
    distance: polygon(
      [
        [-0.66, -0.66],
        [0.66, -0.66],
        [0.66, 0.66],
        [-0.66, 0.66],
      ],
      0.05,
    ),
    bevel: 0.09,
    relief: (x, y) => 0.008 * glaze(x * 4, y * 4),
    surface: (x, y) => {
      const away = length(x, y);
      const flower = 0.34 + 0.16 * Math.cos(petals * Math.atan2(y, x)) - away;
      const frame = Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 0.585) - 0.035;
      const corner = 0.17 - Math.abs(length(Math.abs(x) - 0.55, Math.abs(y) - 0.55) - 0.12);
      const inked = Math.max(
        ramp(0, 0.015, flower) * ramp(0.09, 0.11, away),
        ramp(0.008, -0.008, frame),
        ramp(0.11, 0.125, corner),
      );
      const base = blend(white, accent, ramp(0.085, 0.07, away));
      const wash = mix(0.85, 1.1, glaze(x * 3, y * 3));
      return { colour: scaled(blend(base, paint, 0.95 * inked), wash), gloss: 0.55 };
    },
  };
};
