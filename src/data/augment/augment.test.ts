import fc from "fast-check";
import { expect, test } from "vitest";
import { IGNORE, INSIDE, type Truth } from "../../clicks/truth.ts";
import { randomNumbers } from "../../tensor/random.ts";
import type { Collection } from "../collections/collection.ts";
import type { Annotated } from "../dataSet.ts";
import { scene } from "../scene/scene.ts";
import { type Augmentation, augmented, augmentedDraw } from "./augmented.ts";
import { damaged } from "./damaged.ts";
import { mirrored } from "./mirrored.ts";
import { pasted } from "./pasted.ts";
import { blurred, recoloured } from "./recoloured.ts";
import { squareCut } from "./squareCut.ts";

const scenes = [1, 2, 3].map((seed) => scene(seed, { width: 60, height: 44 }));
const drawn: Collection = {
  name: "scenes",
  ids: ["a", "b", "c"],
  pictures: ["a", "b", "c"],
  load: async (index) => ({ picture: scenes[index].picture, labels: scenes[index].truth }),
};
const SOURCES = [{ collection: drawn, weight: 1 }];
const FREE: Augmentation = {
  side: 32,
  scale: [0.7, 2.5],
  flip: 0.5,
  brightness: 0.3,
  contrast: 0.3,
  saturation: 0.4,
  blur: { share: 0.5, sigma: 1.5 },
  paste: 0.5,
  least: 0.01,
};
const quiet = () => {};

function thing(index: number, label: number): Annotated {
  const { picture, truth } = scenes[index];
  return {
    picture,
    truth: { ...truth, data: truth.data.map((of) => (of === label ? INSIDE : 0)) },
  };
}

function areaOf({ data }: Truth): number {
  return data.filter((value) => value === INSIDE).length;
}

const seeds = fc.integer({ min: 0, max: 1e6 });

test("the mirror image of a sample is the sample of a mirror: flips commute with all else", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const plain = augmented(thing(0, 1), { ...FREE, flip: 0 }, randomNumbers(seed));
      const flipped = augmented(thing(0, 1), { ...FREE, flip: 1 }, randomNumbers(seed));
      const again = mirrored(flipped);
      expect(Buffer.from(again.picture.data).equals(Buffer.from(plain.picture.data))).toBe(true);
      expect(again.truth.data).toEqual(plain.truth.data);
    }),
    { numRuns: 20 },
  );
});

test("a sample is a square in which the object fills at least what was asked", async () => {
  await fc.assert(
    fc.asyncProperty(seeds, fc.double({ min: 0, max: 0.2, noNaN: true }), async (seed, least) => {
      const options = { ...FREE, least };
      const { picture, truth } = await augmentedDraw(SOURCES, options, randomNumbers(seed), quiet);
      expect([picture.width, picture.height, truth.width, truth.height]).toEqual([32, 32, 32, 32]);
      expect(picture.data.length).toBe(3 * 32 * 32);
      expect(areaOf(truth)).toBeGreaterThanOrEqual(Math.max(1, least * 32 * 32));
    }),
    { numRuns: 25 },
  );
});

test("the same random numbers give the same sample", async () => {
  const make = () => augmentedDraw(SOURCES, FREE, randomNumbers(5), quiet);
  expect(await make()).toEqual(await make());
});

test("options that leave no object large enough are told instead of tried for ever", async () => {
  const options = { ...FREE, least: 0.999 };
  await expect(
    augmentedDraw(SOURCES, options, randomNumbers(1), quiet),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: augmentedDraw: expected an object that fills 0.999 of a square of 32 pixels, got none in 100 draws. Ask for less, or scale less down.]`,
  );
});

test("a cut holds a pixel of the object, and beyond the picture all is undecided", () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0.5, max: 3, noNaN: true }), (seed, scale) => {
      const cut = squareCut(thing(1, 2), 48, scale, randomNumbers(seed));
      expect(areaOf(cut.truth)).toBeGreaterThan(0);
      // 60 × 44: a square as wide as the picture reaches beyond it above or below.
      expect(cut.truth.data.includes(IGNORE)).toBe(scale < 60 / 44.5);
      cut.truth.data.forEach((value, at) => {
        if (value === IGNORE) expect(cut.picture.data[3 * at]).toBe(128);
      });
    }),
    { numRuns: 50 },
  );
});

test("a square cut at the picture's own scale holds its pixels", () => {
  const data = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => i);
  const truth = Uint8Array.from({ length: 16 }, (_, i) => (i === 5 ? INSIDE : 0));
  const whole = {
    picture: { width: 4, height: 4, data },
    truth: { width: 4, height: 4, data: truth },
  };
  expect(squareCut(whole, 4, 1, () => 0.5)).toEqual(whole);
});

test("colours that are not to change do not, and brightness is a factor", () => {
  const picture = { width: 1, height: 1, data: Uint8Array.from([10, 100, 200]) };
  const same = { brightness: 1, contrast: 1, saturation: 1 };
  expect([...recoloured(picture, same).data]).toEqual([10, 100, 200]);
  expect([...recoloured(picture, { ...same, brightness: 2 }).data]).toEqual([20, 200, 255]);
  const grey = recoloured(picture, { ...same, saturation: 0 }).data;
  expect(new Set(grey).size).toBe(1);
});

test("blurring an even picture changes nothing", () => {
  const picture = { width: 5, height: 3, data: new Uint8Array(45).fill(77) };
  expect([...blurred(picture, 2).data]).toEqual([...picture.data]);
});

test("an object laid on another covers it; either may be asked for", () => {
  const of = (red: number, inside: readonly number[]): Annotated => ({
    picture: { width: 3, height: 1, data: new Uint8Array(9).fill(red) },
    truth: { width: 3, height: 1, data: Uint8Array.from(inside) },
  });
  const below = of(1, [1, 1, IGNORE]);
  const above = of(2, [0, 1, IGNORE]);
  expect([...pasted(below, above, "below").truth.data]).toEqual([1, 0, IGNORE]);
  expect([...pasted(below, above, "above").truth.data]).toEqual([0, 1, 0]);
  expect([...pasted(below, above, "above").picture.data]).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1]);
});

test("a damaged mask is wrong somewhere, and the same for the same random numbers", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 7 }), (seed, label) => {
      const { truth } = thing(2, label);
      const mask = damaged(truth, randomNumbers(seed));
      expect(mask.data).not.toEqual(truth.data);
      expect(mask.data.every((value) => value <= 1)).toBe(true);
      expect(damaged(truth, randomNumbers(seed))).toEqual(mask);
    }),
    { numRuns: 100 },
  );
});

test("even the smallest object can be damaged", () => {
  const truth = { width: 3, height: 3, data: Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]) };
  for (let seed = 0; seed < 20; seed++) {
    expect(damaged(truth, randomNumbers(seed)).data).not.toEqual(truth.data);
  }
});
