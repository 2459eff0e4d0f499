/** Things to find on the ground. */

import { blend, hex, scaled } from "./colour.ts";
import { fractalNoise, mix, ramp, smoothNoise } from "./noise.ts";
import { corners, length, lens, polygon, wobblyCircle } from "./shapes.ts";
import { type Kind, newSeed, pick } from "./thing.ts";

export const pebble: Kind = (random) => {
  const rim = smoothNoise(newSeed(random));
  const grain = fractalNoise(newSeed(random), 4);
  const specks = smoothNoise(newSeed(random));
  const [stone, dark] = pick(random, [
    [hex("#8c8f93"), hex("#4f5359")],
    [hex("#a08c7a"), hex("#5d4b40")],
    [hex("#6f7f86"), hex("#37444c")],
  ] as const);
  const quartz = hex("#e6e2d8");
  const [tilt, shift] = [mix(-1, 1, random()), mix(-0.3, 0.3, random())];
  return {
    distance: wobblyCircle(
      (angle) =>
        (0.66 + 0.24 * rim(1.3 * Math.cos(angle) + 7, 1.3 * Math.sin(angle) + 7)) *
        (1 + 0.1 * Math.cos(2 * angle)),
    ),
    bevel: 0.62,
    relief: (x, y) => 0.02 * grain(x * 9, y * 9),
    surface: (x, y) => {
      const vein = Math.abs(y - tilt * x - shift + 0.14 * (grain(x * 2, y * 2) - 0.5));
      const rock = blend(
        stone,
        dark,
        0.6 * grain(x * 3, y * 3) + 0.4 * ramp(0.6, 0.8, specks(x * 30, y * 30)),
      );
      return { colour: blend(rock, quartz, 0.85 * ramp(0.055, 0.03, vein)), gloss: 0.15 };
    },
  };
};

export const leaf: Kind = (random) => {
  const patches = fractalNoise(newSeed(random), 4);
  const [young, old] = pick(random, [
    [hex("#7fae3a"), hex("#38691f")],
    [hex("#d98a2b"), hex("#8f3318")],
    [hex("#c7b23a"), hex("#6d7a22")],
  ] as const);
  const pale = blend(young, hex("#f2f0c0"), 0.55);
  const width = mix(0.4, 0.5, random());
  /** 1 on the midrib and the side veins, 0 away from them. */
  const vein = (x: number, y: number) => {
    const midrib = ramp(0.03, 0.012, Math.abs(x) * (1.2 - 0.4 * y));
    const side = Math.abs((((((y + 0.75 * Math.abs(x)) * 5.5) % 1) + 1) % 1) - 0.5);
    return Math.max(midrib, 0.6 * ramp(0.075, 0.02, side));
  };
  return {
    distance: lens(1, width),
    bevel: 0.16,
    relief: (x, y) => 0.03 * vein(x, y) + 0.02 * patches(x * 5, y * 5) + 0.1 * Math.abs(x),
    surface: (x, y) => {
      const flesh = blend(
        young,
        old,
        Math.min(1, 0.75 * patches(x * 2.5, y * 2.5) + (0.45 * Math.abs(x)) / width),
      );
      return { colour: blend(flesh, pale, 0.75 * vein(x, y)), gloss: 0.12 };
    },
  };
};

export const starfish: Kind = (random) => {
  const grain = fractalNoise(newSeed(random), 3);
  const [skin, dark] = pick(random, [
    [hex("#d9573a"), hex("#8e2a22")],
    [hex("#c9753f"), hex("#7a3a20")],
    [hex("#b0507a"), hex("#66244a")],
  ] as const);
  const knob = hex("#f3d9b0");
  const outline = polygon(corners(5, 0.86, 0.34), 0.13);
  /** How far inside one of the knobs that run along the arms a place is. */
  const knobs = (x: number, y: number) => {
    const turn = (2 * Math.PI) / 5;
    const angle = Math.atan2(x, -y);
    const off = angle - Math.round(angle / turn) * turn;
    const away = length(x, y);
    const along = away * Math.cos(off);
    const nearest = Math.max(0, Math.round(along / 0.13)) * 0.13;
    return 0.034 - length(along - nearest, away * Math.sin(off));
  };
  return {
    distance: outline,
    bevel: 0.3,
    relief: (x, y) => 0.035 * grain(x * 12, y * 12) + 0.06 * ramp(-0.01, 0.03, knobs(x, y)),
    surface: (x, y) => {
      const rim = ramp(-0.28, 0, outline(x, y));
      const flesh = blend(skin, dark, Math.min(1, 0.75 * rim + 0.35 * grain(x * 6, y * 6)));
      return { colour: blend(flesh, knob, ramp(-0.006, 0.01, knobs(x, y))), gloss: 0.12 };
    },
  };
};

export const feather: Kind = (random) => {
  const barbs = smoothNoise(newSeed(random));
  const [near, far] = pick(random, [
    [hex("#e8e4da"), hex("#5b6a7c")],
    [hex("#d7b98a"), hex("#5a3d2b")],
  ] as const);
  const shaft = hex("#f6efdd");
  return {
    distance: lens(1, 0.27),
    bevel: 0.06,
    relief: (x, y) => 0.02 * barbs(x * 4, (y + Math.abs(x) * 1.3) * 38),
    surface: (x, y) => {
      const line = barbs(x * 4, (y + Math.abs(x) * 1.3) * 38);
      const bands = ramp(
        0.35,
        0.6,
        Math.abs((((((y + Math.abs(x)) * 3.1) % 1) + 1) % 1) - 0.5) * 2,
      );
      const vane = scaled(blend(near, far, bands), mix(0.8, 1.1, line));
      return { colour: blend(vane, shaft, ramp(0.028, 0.018, Math.abs(x))), gloss: 0.1 };
    },
  };
};
