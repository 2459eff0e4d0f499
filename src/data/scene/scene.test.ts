import { expect, test } from "vitest";
import { components } from "../../image/components.ts";
import { maskArea } from "../../image/maskExtent.ts";
import { outlines } from "../../image/outlines.ts";
import { resizeMask } from "../../image/resize.ts";
import { scene } from "./scene.ts";

const SIZE = { width: 160, height: 120 };
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

test("a seed determines every pixel, and another seed another scene", () => {
  expect(scene(7, SIZE)).toEqual(scene(7, SIZE));
  expect(scene(8, SIZE).picture.data).not.toEqual(scene(7, SIZE).picture.data);
});

test("every thing that is named can be seen, and has one name", () => {
  for (const seed of SEEDS) {
    const { truth, names, picture } = scene(seed, SIZE);
    expect([picture.width, picture.height, truth.width, truth.height]).toEqual([
      160, 120, 160, 120,
    ]);
    expect(names).toHaveLength(8);
    expect(new Set(names).size).toBe(8);
    expect(names[0]).toBe("background");
    names.forEach((_, label) => {
      expect(maskArea(truth, label)).toBeGreaterThan(0.004 * 160 * 120);
    });
    expect(Math.max(...truth.data)).toBe(7);
  }
});

test("things lie on one another in every scene", () => {
  for (const seed of SEEDS) {
    const { truth } = scene(seed, SIZE);
    const things = { ...truth, data: truth.data.map((label) => (label > 0 ? 1 : 0)) };
    expect(components(things, 8).count).toBeLessThan(7);
  }
});

test("doughnuts and nuts have holes, unless something lies across", () => {
  const holes = SEEDS.flatMap((seed) => {
    const { truth, names } = scene(seed, SIZE);
    const rings = ["doughnut", "nut"]
      .map((name) => names.indexOf(name))
      .filter((label) => label > 0);
    return rings.map((label) => outlines(truth, label).flatMap((piece) => piece.holes).length);
  });
  expect(holes.length).toBeGreaterThan(8);
  expect(holes.filter((count) => count === 1).length).toBeGreaterThan(0.7 * holes.length);
});

test("a scene at three times the size is the same scene", () => {
  const small = scene(3, SIZE).truth;
  const large = resizeMask(scene(3, { width: 480, height: 360 }).truth, SIZE);
  // The middle pixel of three by three has its centre where the small pixel has it.
  const different = small.data.filter((label, at) => label !== large.data[at]).length;
  expect(different / small.data.length).toBeLessThan(0.001);
});

test("colours change across the rim of a thing far more than elsewhere", () => {
  for (const seed of SEEDS) {
    const { truth, picture } = scene(seed, SIZE);
    const changes = { rim: [0, 0], inside: [0, 0] };
    for (let at = 0; at + 2 < truth.data.length; at++) {
      // Over two pixels, as the rim itself is blended.
      const kind = truth.data[at] === truth.data[at + 2] ? changes.inside : changes.rim;
      for (let channel = 0; channel < 3; channel++) {
        kind[0] += Math.abs(picture.data[3 * at + channel] - picture.data[3 * at + 6 + channel]);
      }
      kind[1]++;
    }
    expect(changes.rim[0] / changes.rim[1]).toBeGreaterThan(
      (2.5 * changes.inside[0]) / changes.inside[1],
    );
  }
});

test("any size will do, and what is none is refused", () => {
  expect(scene(1, { width: 1, height: 1 }).picture.data).toHaveLength(3);
  expect(scene(1, { width: 300, height: 20 }).names).toHaveLength(8);
  expect(() => scene(1, { width: 0, height: 4 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scene: expected whole sides of at least 1 pixel, got 0×4.]`,
  );
  expect(() => scene(0.5)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scene: expected a whole number as the seed, got 0.5.]`,
  );
});
