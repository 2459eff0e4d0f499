import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawnMask } from "../../test/drawnMask.ts";
import type { Mask, PixelPoint } from "../image/pixels.ts";
import { clickPatterns, type PatternName, patternNames } from "./clickPatterns.ts";
import { nextClick } from "./nextClick.ts";
import { OBJECT } from "./prompts.ts";
import { IGNORE, type Truth } from "./truth.ts";

/** mulberry32: enough for tests. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const cases = fc.record({
  truth: anyMask(1, 9),
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 6 }),
  name: fc.constantFrom(...patternNames),
});

const empty = ({ width, height }: Mask): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

test("whatever the pattern, a click says the truth about a pixel that is wrong and was not clicked", () => {
  fc.assert(
    fc.property(cases, anyMask(1, 9), ({ truth, seed, count, name }, other) => {
      const prediction =
        other.width === truth.width && other.height === truth.height ? other : empty(truth);
      const wrong = truth.data.filter((value, at) => value !== prediction.data[at]).length;
      const random = seeded(seed);
      const clicked: PixelPoint[] = [];
      for (let i = 0; i < Math.min(count, wrong); i++) {
        const { at, says } = clickPatterns[name](truth, prediction, clicked, random);
        const index = at.y * truth.width + at.x;
        expect(truth.data[index] === 1).toBe(says === OBJECT);
        expect(prediction.data[index]).not.toBe(truth.data[index]);
        expect(clicked).not.toContainEqual(at);
        clicked.push(at);
      }
    }),
    { numRuns: 500 },
  );
});

test("all patterns say the same about an error as its centre", () => {
  fc.assert(
    fc.property(cases, ({ truth, seed, name }) => {
      const click = clickPatterns[name](truth, empty(truth), [], seeded(seed));
      expect(click.says).toBe(nextClick(truth, empty(truth)).says);
      if (name === "centre") expect(click).toEqual(nextClick(truth, empty(truth)));
    }),
  );
});

test("a seed gives the same clicks again", () => {
  fc.assert(
    fc.property(cases, ({ truth, seed, name }) => {
      const click = () => clickPatterns[name](truth, empty(truth), [], seeded(seed));
      expect(click()).toEqual(click());
    }),
  );
});

test("where nothing is wrong every pattern clicks as the centre does", () => {
  const truth = drawnMask("##", "..");
  for (const name of patternNames) {
    expect(clickPatterns[name](truth, truth, [], seeded(1))).toEqual(nextClick(truth, truth));
  }
});

/** How often each pixel is clicked, as shares. */
function shares(name: PatternName, truth: Truth, draws = 20_000): number[] {
  const random = seeded(7);
  const counts = Array<number>(truth.data.length).fill(0);
  for (let i = 0; i < draws; i++) {
    const { at } = clickPatterns[name](truth, empty(truth), [], random);
    counts[at.y * truth.width + at.x]++;
  }
  return counts.map((count) => count / draws);
}

// Shares of 20,000 draws have a standard deviation below 0.0036: five of them are 0.018.
const CLOSE = 0.018;

test("uniform clicks fall everywhere in the largest piece of the error, and only there", () => {
  const truth = drawnMask(
    "###..#", //
    "###..#",
    "###..#",
  );
  const found = shares("uniform", truth);
  truth.data.forEach((_, at) => {
    const expected = at % 6 < 3 ? 1 / 9 : 0;
    expect(Math.abs(found[at] - expected)).toBeLessThan(CLOSE);
  });
});

test("border clicks are as frequent as the squared distance to the outside is small", () => {
  const truth = drawnMask(
    "###", //
    "###",
    "###",
  );
  const total = 8 + 1 / 4;
  const found = shares("border", truth);
  found.forEach((share, at) => {
    expect(Math.abs(share - (at === 4 ? 0.25 : 1) / total)).toBeLessThan(CLOSE);
  });
});

test("jittered clicks stay within half the depth of the centre", () => {
  const truth = drawnMask(...Array<string>(9).fill("#########"));
  // The centre (4, 4) is 5 deep: pixels up to 2.5 away, 21 of them.
  shares("jitter", truth).forEach((share, at) => {
    const [dx, dy] = [(at % 9) - 4, Math.floor(at / 9) - 4];
    const expected = dx * dx + dy * dy <= 6 ? 1 / 21 : 0;
    expect(Math.abs(share - expected)).toBeLessThan(CLOSE);
  });
});

test("ignored pixels are never clicked", () => {
  const truth = { width: 3, height: 1, data: Uint8Array.of(IGNORE, 1, IGNORE) };
  for (const name of patternNames) {
    expect(clickPatterns[name](truth, empty(truth), [], seeded(3)).at.x).toBe(1);
  }
});
