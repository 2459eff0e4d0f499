/** Things to eat. */

import { blend, hex, type Light } from "./colour.ts";
import { fractalNoise, mix, ramp, scatter, smoothNoise } from "./noise.ts";
import { length, ring, wobblyCircle } from "./shapes.ts";
import { type Kind, newSeed, pick } from "./thing.ts";

export const orange: Kind = (random) => {
  const pores = smoothNoise(newSeed(random));
  const patches = fractalNoise(newSeed(random), 3);
  const [ripe, bright] = [hex("#e8730c"), hex("#f7a21b")];
  const [leaf, pith] = [hex("#4e7a2a"), hex("#c7b05a")];
  return {
    distance: wobblyCircle((angle) => 0.97 + 0.015 * Math.sin(2 * angle + 1)),
    bevel: 0.97,
    relief: (x, y) => 0.012 * pores(x * 26, y * 26),
    surface: (x, y) => {
      const away = length(x - 0.18, y + 0.22);
      const peel = blend(ripe, bright, patches(x * 2.2, y * 2.2));
      const star = 0.085 + 0.03 * Math.cos(5 * Math.atan2(y + 0.22, x - 0.18));
      if (away < star) return { colour: away < 0.03 ? pith : leaf, gloss: 0.05 };
      return { colour: blend(peel, leaf, 0.35 * ramp(0.24, 0.08, away)), gloss: 0.35 };
    },
  };
};

export const doughnut: Kind = (random) => {
  const [radius, thickness] = [0.63, 0.34];
  const wave = smoothNoise(newSeed(random));
  const crumb = fractalNoise(newSeed(random), 3);
  const dice = scatter(newSeed(random));
  const icing = pick(random, [hex("#f29bb7"), hex("#5b3018"), hex("#f4ead8"), hex("#9fd0d6")]);
  const dough = [hex("#c98a45"), hex("#e2b673")] as const;
  const sprinkles = ["#e8453c", "#f5c84b", "#3f8fd2", "#ffffff", "#56b36b"].map(hex);
  /** The sprinkle at a place, by a grid of cells that hold at most one each. */
  const sprinkle = (x: number, y: number): Light | undefined => {
    const cells = 11;
    const [column, row] = [Math.floor(x * cells), Math.floor(y * cells)];
    if (dice(column, row) > 0.5) return undefined;
    const angle = dice(column + 100, row) * Math.PI;
    const u = x * cells - column - mix(0.4, 0.6, dice(column, row + 100));
    const v = y * cells - row - mix(0.4, 0.6, dice(column, row + 200));
    const along = u * Math.cos(angle) + v * Math.sin(angle);
    const across = v * Math.cos(angle) - u * Math.sin(angle);
    if (length(Math.max(0, Math.abs(along) - 0.24), across) > 0.13) return undefined;
    return sprinkles[Math.floor(dice(column + 300, row) * sprinkles.length)];
  };
  /** How far inside the icing a place is. */
  const iced = (x: number, y: number) => {
    const angle = Math.atan2(y, x);
    const edge = 0.24 + 0.09 * wave(3 * Math.cos(angle) + 9, 3 * Math.sin(angle) + 9);
    return edge - Math.abs(length(x, y) - radius);
  };
  return {
    distance: ring(radius, thickness),
    bevel: thickness,
    relief: (x, y) =>
      0.05 * ramp(0, 0.04, iced(x, y)) +
      (sprinkle(x, y) && iced(x, y) > 0.03 ? 0.02 : 0.012 * crumb(x * 14, y * 14)),
    surface: (x, y) => {
      const depth = iced(x, y);
      const bread = blend(dough[0], dough[1], crumb(x * 5, y * 5));
      const candy = depth > 0.03 ? sprinkle(x, y) : undefined;
      if (candy) return { colour: candy, gloss: 0.25 };
      return {
        colour: blend(bread, icing, ramp(-0.005, 0.008, depth)),
        gloss: depth > 0 ? 0.45 : 0.04,
      };
    },
  };
};

export const cookie: Kind = (random) => {
  const rim = smoothNoise(newSeed(random));
  const crumb = fractalNoise(newSeed(random), 4);
  const chips = Array.from({ length: 11 }, (_, i) => {
    const angle = i * 2.4 + random() * 0.6;
    const away = 0.78 * Math.sqrt((i + 0.4) / 11);
    return { x: away * Math.cos(angle), y: away * Math.sin(angle), size: 0.075 + 0.05 * random() };
  });
  const [pale, brown, chocolate] = [hex("#d9a860"), hex("#a8692f"), hex("#3a1d10")];
  /** How far inside a chip a place is. */
  const chip = (x: number, y: number) =>
    Math.max(...chips.map((one) => one.size - length(x - one.x, y - one.y)));
  return {
    distance: wobblyCircle(
      (angle) => 0.9 + 0.09 * rim(2.2 * Math.cos(angle) + 5, 2.2 * Math.sin(angle) + 5),
    ),
    bevel: 0.3,
    relief: (x, y) => 0.06 * crumb(x * 6, y * 6) + 0.05 * ramp(0, 0.06, chip(x, y)),
    surface: (x, y) => {
      const baked = ramp(0.35, 0.95, length(x, y)) * 0.7 + 0.4 * crumb(x * 4, y * 4);
      const inChip = ramp(-0.008, 0.008, chip(x, y));
      return {
        colour: blend(blend(pale, brown, Math.min(1, baked)), chocolate, inChip),
        gloss: 0.05 + 0.3 * inChip,
      };
    },
  };
};

export const egg: Kind = (random) => {
  const speckles = smoothNoise(newSeed(random));
  const blotches = fractalNoise(newSeed(random), 3);
  const shell = pick(random, [hex("#b9d4cf"), hex("#e9d6bd"), hex("#cfd8e6")]);
  const brown = hex("#6b4a34");
  return {
    // A little wider at one end.
    distance: wobblyCircle(
      (angle) =>
        0.7 / Math.sqrt(Math.cos(angle) ** 2 + (0.7 * Math.sin(angle)) ** 2) -
        0.05 * Math.sin(angle) * Math.cos(angle) ** 2,
    ),
    bevel: 0.72,
    surface: (x, y) => {
      const spots = ramp(0.7, 0.86, speckles(x * 14, y * 14) * 0.75 + 0.3 * blotches(x * 6, y * 6));
      return { colour: blend(shell, brown, 0.75 * spots), gloss: 0.22 };
    },
  };
};
