/** What the things of a scene lie on, in units of which a scene is about 5 high. */

import { blend, hex, type Light, scaled } from "./colour.ts";
import { fractalNoise, mix, ramp, scatter, smoothNoise } from "./noise.ts";
import { newSeed, pick } from "./thing.ts";

/** The colour of the ground at a place. */
export type Ground = (x: number, y: number) => Light;

/** Planks with grain. */
function wood(random: () => number): Ground {
  const [dark, light] = pick(random, [
    [hex("#6f4728"), hex("#a9764a")],
    [hex("#8a6a4c"), hex("#c3a27c")],
    [hex("#575049"), hex("#8d857b")],
  ] as const);
  const plank = scatter(newSeed(random));
  const wave = fractalNoise(newSeed(random), 3);
  const fibre = smoothNoise(newSeed(random));
  const lean = mix(-0.12, 0.12, random());
  const gap = hex("#21150d");
  return (x, y) => {
    const across = (y + lean * x) * 0.95 + 50;
    const board = Math.floor(across);
    const along = x + 7 * plank(board, 1);
    const inBoard = across - board;
    const rings = Math.sin((inBoard * 5 + 2.6 * wave(along * 0.35, across * 1.5)) * 5.5 + board);
    const fine = fibre(along * 3, across * 60) * 0.6 + fibre(along * 9 + 31, across * 150) * 0.4;
    const tone = 0.45 + 0.18 * rings + 0.5 * (fine - 0.5) + 0.45 * (plank(board, 2) - 0.5);
    const edge = Math.min(inBoard, 1 - inBoard);
    const colour = blend(dark, light, Math.min(1, Math.max(0, tone)));
    return blend(gap, colour, 0.15 + 0.85 * ramp(0.004, 0.022, edge));
  };
}

/** A checked cloth, woven thread by thread. */
function cloth(random: () => number): Ground {
  const thread = pick(random, [hex("#35618f"), hex("#a8433c"), hex("#5d7f4e"), hex("#77608e")]);
  const linen = hex("#ece5d6");
  const folds = fractalNoise(newSeed(random), 3);
  const uneven = smoothNoise(newSeed(random));
  const turn = mix(-0.35, 0.35, random());
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  /** Stripes of equal width, with soft rims. */
  const striped = (at: number) => ramp(-0.06, 0.06, Math.sin(at * 2 * Math.PI) * 0.5);
  return (x, y) => {
    const bend = 0.25 * folds(x * 0.4, y * 0.4);
    const u = x * cos + y * sin + bend;
    const v = y * cos - x * sin + bend;
    const dyed = 0.46 * (striped(u * 0.85) + striped(v * 0.85));
    const weave =
      0.5 +
      0.25 * Math.sin(u * 120) * Math.sin(v * 120) +
      0.5 * (uneven(u * 50, v * 12) - 0.5) +
      0.5 * (uneven(u * 12 + 90, v * 50) - 0.5);
    const fold = mix(0.78, 1.08, folds(x * 0.55 + 20, y * 0.3 + y * 0.1));
    return scaled(blend(linen, thread, dyed), fold * mix(0.84, 1.1, weave));
  };
}

/** Sand with ripples and grains. */
function sand(random: () => number): Ground {
  const [dry, damp] = pick(random, [
    [hex("#dcc49a"), hex("#a98a5f")],
    [hex("#cfc6b4"), hex("#8f8573")],
  ] as const);
  const dunes = fractalNoise(newSeed(random), 4);
  const grains = scatter(newSeed(random));
  const fine = smoothNoise(newSeed(random));
  const lean = mix(0.2, 0.9, random());
  return (x, y) => {
    const drift = dunes(x * 0.5, y * 0.5);
    const ripple = 0.5 + 0.5 * Math.sin((y + lean * x + 1.6 * drift) * 9);
    const grain = grains(Math.floor(x * 70), Math.floor(y * 70));
    const shell = grain > 0.988 ? 0.25 : grain < 0.015 ? -0.3 : 0;
    const tone =
      0.62 +
      0.3 * (drift - 0.5) +
      0.16 * (ripple - 0.5) +
      0.22 * (fine(x * 45, y * 45) - 0.5) +
      shell;
    return blend(damp, dry, Math.min(1.2, Math.max(0, tone)));
  };
}

export const grounds: readonly ((random: () => number) => Ground)[] = [wood, cloth, sand];
