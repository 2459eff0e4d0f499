import { expect, test } from "vitest";
import { normalNumbers, randomNumbers } from "./random.ts";

function draw(count: number, random: () => number): number[] {
  return Array.from({ length: count }, random);
}

test("a seed always gives the same numbers", () => {
  expect(draw(3, randomNumbers(1))).toMatchInlineSnapshot(`
    [
      0.24379867637603347,
      0.8995887411208731,
      0.756832567132951,
    ]
  `);
});

test("seeds next to each other, and seeds alike in their low bits, give different numbers", () => {
  const seeds = [0, 1, -1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
  const firsts = seeds.map((seed) => randomNumbers(seed)());
  expect(new Set(firsts).size).toBe(seeds.length);
});

test("uniform numbers fill [0, 1) evenly", () => {
  const bins = new Array(16).fill(0);
  for (const x of draw(160_000, randomNumbers(7))) bins[Math.floor(x * 16)] += 1;
  // 10,000 expected per bin, with a standard deviation of 97: five of them either way.
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(485);
});

test("neighbouring numbers know nothing of each other", () => {
  const x = draw(100_000, randomNumbers(3)).map((value) => value - 0.5);
  let product = 0;
  for (let i = 1; i < x.length; i++) product += x[i] * x[i - 1];
  // Correlation of independent numbers: standard deviation 1/√n = 0.0032.
  expect(Math.abs(product / x.length / (1 / 12))).toBeLessThan(0.016);
});

test("normal numbers have mean 0, variance 1 and the normal's fourth moment", () => {
  const x = draw(200_000, normalNumbers(randomNumbers(11)));
  const moment = (power: number): number =>
    x.reduce((total, value) => total + value ** power, 0) / x.length;
  expect(Math.abs(moment(1))).toBeLessThan(0.01);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
});

test("a seed that a double cannot hold exactly is refused", () => {
  expect(() => randomNumbers(0.5)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: randomNumbers: expected a whole seed, got 0.5.]`,
  );
});
