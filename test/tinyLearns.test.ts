/** That training works on photos: after two hundred steps a network sees more than colours. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  type Collection,
  collectionsIn,
  type Drawn,
  drawObject,
  type Source,
  someOf,
} from "../src/data/index.ts";
import { annotate, sampleOf, summary } from "../src/evaluate/index.ts";
import { readSafetensors } from "../src/formats/index.ts";
import {
  colourModel,
  fromMobileNet,
  type Model,
  network,
  networkModel,
} from "../src/models/index.ts";
import { initialise } from "../src/nn/index.ts";
import { dataFiles, openDevice } from "../src/node/index.ts";
import type { Device } from "../src/runtime/index.ts";
import { openPicture } from "../src/session/index.ts";
import { randomNumbers } from "../src/tensor/index.ts";
import {
  batchAt,
  configurationOf,
  readRecipe,
  type Standing,
  trainer,
  trainingLoop,
  weightsOf,
} from "../src/train/index.ts";

const SHARED = fileURLToPath(new URL("../../shared", import.meta.url));
const ENCODER = `${SHARED}/pretrained/mobilenet_v2_imagenet.safetensors`;
const LIMIT_MS = 15 * 60_000;

const RECIPE = readRecipe(
  "recipe",
  `
network: tiny
sources: { duts: 1 }
# Small squares of pictures that are as large as those that are looked at: 160 / 256 of a picture.
crop: { side: 160, scale: [1, 1.6], brightness: 0.2, contrast: 0.2, saturation: 0.2, least: 0.02 }
clicks: { most: 1 }
curriculum: [{ steps: 200, tasks: { first: 1 } }]
batch: 8
loss: { focal: 1, gamma: 2, iou: 1 }
optimiser: { name: adamW, rate: 3.e-3, weightDecay: 1.e-4 }
schedule: { name: cosine, warmUp: 10 }
# It has learnt from photos already, and there is no time for more.
groups: [{ match: "backbone.*", rate: 0 }]
maxNorm: 10
# Of the last ten steps or so: with more, what it began with would have a say.
averaging: 0.9
`,
);

const CONFIGURATION = configurationOf(RECIPE);
const TINY = network(CONFIGURATION);

test.skipIf(!existsSync(SHARED))(
  "200 steps of tiny on 200 photos of ../shared lower the loss, and after a click it knows objects of other photos better than the colour model",
  async () => {
    const all = await collectionsIn(dataFiles(`${SHARED}/data/train`));
    const [duts] = all.filter(({ name }) => name === "duts");
    const device = await openDevice("cpu", { threads: 2 });
    const { losses, state } = await trained(part(duts, 0, 200), device);
    expect(mean(losses.slice(-20))).toBeLessThan(0.8 * mean(losses.slice(0, 20)));
    const others = await objectsOf(part(duts, 200, 60));
    const tiny = networkModel(CONFIGURATION, weightsOf(state, TINY));
    // 75 % and 60 %.
    expect(await afterClick(tiny, others, device)).toBeGreaterThan(
      await afterClick(colourModel(), others, device),
    );
    await device.dispose();
  },
  LIMIT_MS,
);

/** So many of its pictures, from one place on. */
function part(collection: Collection, from: number, count: number): readonly Source[] {
  const wanted = new Set(collection.pictures.slice(from, from + count));
  return [{ collection: someOf(collection, (picture) => wanted.has(picture)), weight: 1 }];
}

interface Trained {
  /** Of each step. */
  readonly losses: readonly number[];
  readonly state: Standing["state"];
}

async function trained(sources: readonly Source[], device: Device): Promise<Trained> {
  const { takesStart } = CONFIGURATION.interaction;
  const { tensors } = readSafetensors(readFileSync(ENCODER));
  const random = initialise(TINY.parameters, randomNumbers(RECIPE.seed));
  const from = { ...random, ...fromMobileNet(CONFIGURATION, tensors) };
  const running = await trainer({ network: TINY, recipe: RECIPE, takesStart, device, from });
  const losses: number[] = [];
  let state: Standing["state"] = {};
  await trainingLoop({
    trainer: running,
    recipe: RECIPE,
    done: 0,
    batchAt: (step) => batchAt(step, sources, { ...RECIPE, takesStart }, () => {}),
    told: ({ loss }) => void losses.push(loss),
    evaluate: async () => {},
    isTimeToSave: () => false,
    save: async (standing) => {
      state = standing.state;
    },
    isStopped: () => false,
  });
  await running.dispose();
  return { losses, state };
}

/** Objects of these pictures, none twice. */
async function objectsOf(sources: readonly Source[]): Promise<readonly Drawn[]> {
  const random = randomNumbers(1);
  const objects = new Map<string, Drawn>();
  for (let draw = 0; draw < 60; draw++) {
    const object = await drawObject(sources, random, () => {});
    objects.set(object.id, object);
  }
  return [...objects.values()];
}

/** Mean IoU after one click on each. */
async function afterClick(
  model: Model,
  objects: readonly Drawn[],
  { run }: Device,
): Promise<number> {
  const samples = [];
  for (const { id, ...object } of objects) {
    const annotation = await annotate(object, (picture) => openPicture(picture, model, { run }), {
      clicks: 1,
      now: () => 0,
    });
    samples.push(sampleOf(id, annotation));
  }
  return summary(samples).miou[0] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
