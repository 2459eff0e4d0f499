import { afterAll, beforeAll, expect, test } from "vitest";
import { miniatureNetwork } from "../../../test/support/miniatureNetwork.ts";
import type { Source } from "../../data/collections/drawObject.ts";
import { scene } from "../../data/scene/scene.ts";
import { initialise } from "../../nn/parameters.ts";
import { loadOnnxRuntime } from "../../node/index.ts";
import type { Device } from "../../runtime/device.ts";
import { ortDevice } from "../../runtime/ortDevice.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { type Batch, batchAt } from "../curriculum/batch.ts";
import type { TaskName } from "../curriculum/tasks.ts";
import type { Recipe } from "../recipe/recipe.ts";
import { recipeSchema } from "../recipe/recipeSchema.ts";
import { type Tensors, trainer } from "./trainer.ts";
import { type LoopStep, type Standing, trainingLoop } from "./trainingLoop.ts";

const scenes = [1, 2, 3, 4].map((seed) => scene(seed, { width: 64, height: 48 }));
const SOURCES: readonly Source[] = [
  {
    weight: 1,
    collection: {
      name: "scenes",
      ids: scenes.map((_, i) => `${i}`),
      pictures: scenes.map((_, i) => `${i}`),
      load: async (index) => ({ picture: scenes[index].picture, labels: scenes[index].truth }),
    },
  },
];

function recipe(changed: Record<string, unknown> = {}): Recipe {
  return recipeSchema.parse({
    network: "miniature",
    sources: { scenes: 1 },
    crop: { side: 32, scale: [0.9, 1.5], brightness: 0.1, least: 0.03 },
    clicks: { most: 4, patterns: { centre: 1, uniform: 1 } },
    curriculum: [{ steps: 6, tasks: { first: 1, correction: 1, loop: 1 } }],
    batch: 2,
    loss: { focal: 1, iou: 1 },
    optimiser: { name: "adamW", rate: 0.02, weightDecay: 0.01 },
    schedule: { name: "cosine", warmUp: 1 },
    averaging: 0.9,
    ...changed,
  });
}

const START = initialise(miniatureNetwork.parameters, randomNumbers(3));
let device: Device;
beforeAll(async () => {
  device = ortDevice(await loadOnnxRuntime(), { threads: 1 });
});
afterAll(() => device.dispose());

interface Ran {
  readonly reached: boolean;
  readonly told: readonly LoopStep[];
  readonly saved: readonly Standing[];
  readonly evaluated: readonly number[];
}

async function run(
  used: Recipe,
  from: Tensors,
  { done = 0, stopAfter = Number.POSITIVE_INFINITY, batches = madeBatch } = {},
): Promise<Ran> {
  const running = await trainer({
    network: miniatureNetwork,
    recipe: used,
    takesStart: false,
    device,
    from,
  });
  const told: LoopStep[] = [];
  const saved: Standing[] = [];
  const evaluated: number[] = [];
  try {
    const reached = await trainingLoop({
      trainer: running,
      recipe: used,
      done,
      batchAt: (step) => batches(step, used),
      told: (step) => void told.push(step),
      evaluate: async ({ steps }) => void evaluated.push(steps),
      isTimeToSave: () => false,
      save: async (standing) => void saved.push(standing),
      isStopped: () => told.length >= stopAfter,
    });
    return { reached, told, saved, evaluated };
  } finally {
    await running.dispose();
  }
}

function madeBatch(step: number, used: Recipe): Promise<Batch> {
  return batchAt(step, SOURCES, { ...used, takesStart: false }, () => {});
}

test("six steps are three steps, a stop, and three more, to the last bit", async () => {
  const used = recipe();
  const whole = await run(used, START);
  const first = await run(used, START, { stopAfter: 3 });
  expect([first.reached, first.saved.length, first.saved[0].steps]).toEqual([false, 1, 3]);
  const rest = await run(used, first.saved[0].state, { done: 3 });
  expect([rest.reached, rest.saved[0].steps]).toEqual([true, 6]);
  expect([...first.told, ...rest.told]).toEqual(whole.told);
  expect(rest.saved[0].state).toEqual(whole.saved[0].state);
  expect(new Set(whole.told.map(({ task }) => task)).size).toBeGreaterThan(1);
});

test.each(["first", "correction", "loop"] satisfies TaskName[])(
  "a short run of the task %s lowers the loss on scenes",
  async (task) => {
    const used = recipe({
      curriculum: [{ steps: 80, tasks: { [task]: 1 } }],
      batch: 4,
      // Plain cross-entropy: weights that sum to one hide that pixels get better.
      loss: { focal: 1, gamma: 0, iou: 1 },
    });
    const { told } = await run(used, START);
    const mean = (steps: readonly LoopStep[]) =>
      steps.reduce((sum, { loss }) => sum + loss, 0) / steps.length;
    expect(mean(told.slice(-15))).toBeLessThan(0.85 * mean(told.slice(0, 5)));
    const most = Math.max(...told.map(({ clicks }) => clicks));
    expect(most).toBe(task === "first" ? 1 : 4);
  },
);

test("what is frozen stays, down to its running statistics; averages follow the rest", async () => {
  const used = recipe({ groups: [{ match: "encoder.*", rate: 0 }] });
  const { saved } = await run(used, START);
  const { state } = saved[0];
  for (const [name, { data }] of Object.entries(START)) {
    if (name.startsWith("encoder.")) expect(state[name].data).toEqual(data);
    else expect(state[name].data).not.toEqual(data);
  }
  expect(Object.keys(state).filter((name) => name.startsWith("average:"))).toEqual([
    "average:fine.weight",
    "average:fine.bias",
    "average:head.weight",
    "average:head.bias",
  ]);
});

test("a loss that is no number stops the run, names the batch, and nothing is saved", async () => {
  const saved: Standing[] = [];
  const running = trainingLoop({
    trainer: {
      step: async () => ({ loss: Number.NaN, gradientNorm: 1 }),
      predict: () => Promise.reject(new Error("not asked")),
      state: async () => ({}),
      dispose: async () => {},
    },
    recipe: recipe({ curriculum: [{ steps: 2, tasks: { first: 1 } }], batch: 1 }),
    done: 0,
    batchAt: (step) => madeBatch(step, recipe({ curriculum: [{ steps: 2, tasks: { first: 1 } }] })),
    told: () => {},
    evaluate: async () => {},
    isTimeToSave: () => true,
    save: async (standing) => void saved.push(standing),
    isStopped: () => false,
  });
  await expect(running).rejects.toThrow(
    /^trainingLoop: expected a finite loss at step 0, got loss NaN and gradients of length 1. The batch \(first\) was scenes\/\d#\d; scenes\/\d#\d\. /,
  );
  expect(saved).toEqual([]);
});

test("the network is looked at every so many steps and at the end", async () => {
  const used = recipe({
    evaluation: { every: 2, objects: 1, clicks: 1 },
    curriculum: [{ steps: 5, tasks: { first: 1 } }],
  });
  expect((await run(used, START)).evaluated).toEqual([2, 4, 5]);
});
