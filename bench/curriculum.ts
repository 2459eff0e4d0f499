/**
 * How many samples a second a recipe is trained with, and where the time goes: making batches,
 * clicking on the network's mistakes, and the step itself by operator.
 *
 *     npx tsx bench/curriculum.ts recipes/tiny.yaml train=PATH --steps 6
 *
 * Batches are made first, on one thread, and then used by steps of each task: on a machine with cores
 * to spare both go on beside each other. Times are the least of all steps.
 */

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as onnxruntime from "onnxruntime-node";
import { collectionsIn } from "../src/data/index.ts";
import { network } from "../src/models/index.ts";
import { initialise } from "../src/nn/index.ts";
import { dataFiles } from "../src/node/index.ts";
import { ortDevice } from "../src/runtime/index.ts";
import { randomNumbers } from "../src/tensor/index.ts";
import {
  type Batch,
  batchAt,
  clicksOnMistakes,
  configurationOf,
  readRecipe,
  sourcesOf,
  type TaskName,
  trainer,
} from "../src/train/index.ts";
import { profiled } from "./kernelTimes.ts";
import { least, timed } from "./timing.ts";
import type { Took } from "./torchPeer.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string", default: "6" },
    threads: { type: "string", default: "2" },
  },
});
const [path, ...given] = positionals;
const STEPS = Number(values.steps);
const recipe = readRecipe(path, readFileSync(path, "utf8"));
const configuration = configurationOf(recipe);
const trained = network(configuration);
const { takesStart } = configuration.interaction;
const opened = given.map(async (each) => {
  const [name, folder] = each.split("=");
  return [name, await collectionsIn(dataFiles(folder))] as const;
});
const { train } = sourcesOf(recipe, Object.fromEntries(await Promise.all(opened)));

/** Batches of one task, and how long each took to make. */
async function batchesOf(task: TaskName) {
  const plan = { ...recipe, takesStart, curriculum: [{ steps: STEPS, tasks: { [task]: 1 } }] };
  const batches: Batch[] = [];
  const took: Took[] = [];
  // The first also reads the data.
  for (let step = 0; step <= STEPS; step++) {
    took.push(
      await timed(async () => {
        batches.push(await batchAt(step, train, plan, () => {}));
      }),
    );
  }
  return { batches: batches.slice(1), took: took.slice(1) };
}

const { ort, operatorTimes } = profiled(onnxruntime);
const device = ortDevice(ort, { threads: Number(values.threads) });
const running = await trainer({
  network: trained,
  recipe,
  takesStart,
  device,
  from: initialise(trained.parameters, randomNumbers(1)),
});
console.log(
  `${configuration.name}, ${recipe.batch} × ${recipe.crop.side}², ${values.threads} threads for steps, 1 for batches`,
);
let updates = 0;
for (const task of ["first", "correction", "loop"] as const) {
  const made = await batchesOf(task);
  const looked: Took[] = [];
  const stepped: Took[] = [];
  for (const batch of made.batches) {
    let { clicks } = batch;
    looked.push(
      await timed(async () => {
        if (task !== "loop") return;
        const answering = await running.predict(batch);
        clicks = await clicksOnMistakes(batch, answering, recipe.clicks, recipe.seed);
        answering.dispose();
      }),
    );
    stepped.push(await timed(() => running.step(batch, clicks, ++updates, recipe.optimiser.rate)));
  }
  const [making, looking, stepping] = [made.took, mean(looked), stepped].map((some) =>
    Array.isArray(some) ? least(some).ms : some,
  );
  const perSecond = (ms: number) => ((1000 * recipe.batch) / ms).toFixed(1);
  console.log(
    `${task}: step ${perSecond(stepping + looking)} samples/s (${stepping.toFixed(0)} ms, ` +
      `${looking.toFixed(0)} ms of clicks before it on average); ` +
      `batches ${perSecond(making)} samples/s, ${((stepping + looking) / making).toFixed(1)} × as fast`,
  );
}
const times = operatorTimes();
const total = times.reduce((sum, { ms }) => sum + ms, 0);
console.log(`kernels of a step, an encoding and an answer: ${total.toFixed(0)} ms`);
for (const { operator, ms, count } of times.slice(0, 14)) {
  const share = ((100 * ms) / total).toFixed(0).padStart(3);
  console.log(`${ms.toFixed(1).padStart(9)} ms ${share} %  ${operator} (${count})`);
}
const { rss } = process.memoryUsage();
console.log(`memory of the process: ${(rss / 2 ** 30).toFixed(2)} GiB`);
await running.dispose();
await device.dispose();

/** The mean on the clock: how many clicks are made differs from batch to batch. */
function mean(took: readonly Took[]): number {
  return took.reduce((sum, { ms }) => sum + ms, 0) / took.length;
}
