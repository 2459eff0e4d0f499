import fc from "fast-check";
import { expect, test } from "vitest";
import { isWrong } from "../../clicks/errors.ts";
import type { Click } from "../../clicks/prompts.ts";
import { IGNORE, INSIDE, type Truth } from "../../clicks/truth.ts";
import type { Collection } from "../../data/collections/collection.ts";
import { scene } from "../../data/scene/scene.ts";
import { pixel } from "../../image/pixels.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { type BatchPlan, batchAt, truthAt, truthNumbers } from "./batch.ts";
import { clickTensors } from "./clickTensors.ts";
import { seedAt } from "./seedAt.ts";
import { type ClickHabits, correction, firstClick } from "./simulatedClicks.ts";
import { type Stage, stepsOf, taskAt } from "./tasks.ts";

const shown = scene(3, { width: 64, height: 48 });
const collection: Collection = {
  name: "scenes",
  ids: ["one"],
  pictures: ["one"],
  load: async () => ({ picture: shown.picture, labels: shown.truth }),
};
const SOURCES = [{ collection, weight: 1 }];
const PLAN: BatchPlan = {
  seed: 1,
  batch: 3,
  crop: {
    side: 24,
    scale: [0.8, 2],
    flip: 0.5,
    brightness: 0.2,
    contrast: 0.2,
    saturation: 0.2,
    blur: { share: 0.2, sigma: 1 },
    paste: 0.2,
    least: 0.02,
  },
  clicks: { most: 5, patterns: { centre: 1, uniform: 1, jitter: 1, border: 1 } },
  curriculum: [{ steps: 10, tasks: { first: 1, correction: 1, loop: 1 } }],
  takesStart: false,
};
const quiet = () => {};

function truthOf(label: number): Truth {
  const { truth } = shown;
  return { ...truth, data: truth.data.map((of) => (of === label ? INSIDE : 0)) };
}

test("a batch depends on plan and step alone, not on what was made before it", async () => {
  const alone = await batchAt(4, SOURCES, PLAN, quiet);
  for (const step of [0, 7, 4]) {
    const batch = await batchAt(step, SOURCES, PLAN, quiet);
    if (step === 4) expect(batch).toEqual(alone);
    else expect(batch.image).not.toEqual(alone.image);
  }
});

test("samples of a batch, steps and seeds differ", async () => {
  const first = await batchAt(0, SOURCES, PLAN, quiet);
  const size = 3 * 24 * 24;
  expect(first.image.slice(0, size)).not.toEqual(first.image.slice(size, 2 * size));
  const other = await batchAt(0, SOURCES, { ...PLAN, seed: 2 }, quiet);
  expect(other.image).not.toEqual(first.image);
});

test("every sample has an object, a click in it first, colours in 0 to 1", async () => {
  for (let step = 0; step < 10; step++) {
    const batch = await batchAt(step, SOURCES, PLAN, quiet);
    expect(batch.image.every((value) => value >= 0 && value <= 1)).toBe(true);
    for (let place = 0; place < PLAN.batch; place++) {
      const truth = truthAt(batch, place);
      const [{ at, says }] = batch.clicks[place];
      expect(says).toBe("object");
      expect(truth.data[at.y * 24 + at.x]).toBe(INSIDE);
      if (batch.task !== "correction") expect(batch.clicks[place].length).toBe(1);
    }
    expect(truthNumbers(batch).every((value) => [0, 1, IGNORE].includes(value))).toBe(true);
  }
});

test("clicks that correct say what is right where they lie, no place twice, no more than allowed", () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 7 }), (seed, label) => {
      const truth = truthOf(label);
      const random = randomNumbers(seed);
      const first = firstClick(truth, PLAN.clicks, random);
      const { mask, clicks } = correction(truth, [first], PLAN.clicks, random);
      expect(isWrong(truth, mask)).toBe(true);
      expect(clicks.length).toBeGreaterThanOrEqual(1);
      expect(clicks.length).toBeLessThanOrEqual(PLAN.clicks.most - 1);
      for (const { at, says } of clicks) {
        expect(says === "object").toBe(truth.data[at.y * truth.width + at.x] === INSIDE);
      }
      const places = [first, ...clicks].map(({ at }) => `${at.x},${at.y}`);
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 60 },
  );
});

test("with one pattern the first click is the annotator's, and no more than one may be asked for", () => {
  const centre: ClickHabits = { most: 1, patterns: { centre: 1 } };
  const truth = { width: 5, height: 1, data: Uint8Array.from([0, 1, 1, 1, IGNORE]) };
  const first = firstClick(truth, centre, () => 0.5);
  expect(first.at.x).toBe(1);
  expect(correction(truth, [first], centre, randomNumbers(1)).clicks).toEqual([]);
});

test("a network that takes masks is given the damaged one, and clicks on its errors alone", async () => {
  const plan = { ...PLAN, takesStart: true, curriculum: [{ steps: 1, tasks: { correction: 1 } }] };
  const batch = await batchAt(0, SOURCES, plan, quiet);
  const pixels = 24 * 24;
  for (let place = 0; place < PLAN.batch; place++) {
    const start = batch.start.subarray(place * pixels, (place + 1) * pixels);
    const [trust] = start.map(Math.abs);
    expect(trust).toBeGreaterThanOrEqual(0.5);
    expect(start.every((value) => Math.abs(value) === trust)).toBe(true);
    const [{ at, says }] = batch.clicks[place];
    expect(start[at.y * 24 + at.x] > 0).toBe(says === "background");
  }
  const without = await batchAt(0, SOURCES, { ...plan, takesStart: false }, quiet);
  expect(without.start.every((value) => value === 0)).toBe(true);
  expect(without.clicks.every(([first]) => first.says === "object")).toBe(true);
});

test("undecided pixels are never wrong", () => {
  const truth = { width: 3, height: 1, data: Uint8Array.from([IGNORE, 1, 0]) };
  expect(isWrong(truth, { width: 3, height: 1, data: Uint8Array.from([1, 1, 0]) })).toBe(false);
  expect(isWrong(truth, { width: 3, height: 1, data: Uint8Array.from([0, 0, 0]) })).toBe(true);
});

test("tasks come by the weights of their stage, and the last stage goes on", () => {
  const curriculum: Stage[] = [
    { steps: 5, tasks: { first: 1 } },
    { steps: 2000, tasks: { first: 1, loop: 3 } },
    { steps: 5, tasks: { correction: 1 } },
  ];
  expect(stepsOf(curriculum)).toBe(2010);
  const all = Array.from({ length: 2020 }, (_, step) => taskAt(curriculum, 9, step));
  expect(all.slice(0, 5)).toEqual(Array(5).fill("first"));
  expect(all.slice(2005)).toEqual(Array(15).fill("correction"));
  // Five standard deviations of a share of 2000 draws.
  const share = all.slice(5, 2005).filter((task) => task === "loop").length / 2000;
  expect(Math.abs(share - 0.75)).toBeLessThan(0.05);
});

test("no two places of two runs have one seed", () => {
  const seeds = [1, 2, 3].flatMap((seed) =>
    Array.from({ length: 300 }, (_, i) => seedAt(seed, Math.floor(i / 10), i % 10)),
  );
  expect(new Set(seeds).size).toBe(900);
});

test("clicks become numbers at the centres of their pixels, padded with weight 0", () => {
  const click = (x: number, y: number, says: string): Click => ({
    kind: "click",
    at: pixel(x, y),
    says,
  });
  const { row, column, says, weight } = clickTensors(
    [[click(3, 1, "object"), click(0, 2, "background")], [click(5, 5, "object")]],
    3,
  );
  expect([...row.data]).toEqual([1.5, 2.5, 0, 5.5, 0, 0]);
  expect([...column.data]).toEqual([3.5, 0.5, 0, 5.5, 0, 0]);
  expect([...says.data]).toEqual([1, 0, 0, 1, 0, 0]);
  expect([...weight.data]).toEqual([1, 1, 0, 1, 0, 0]);
  expect(() => clickTensors([[click(0, 0, "object"), click(1, 0, "object")]], 1)).toThrow(
    "clickTensors: expected at most 1 clicks, got 2.",
  );
});
