/**
 * Whether training stays as large as it is: 1,000 steps of a very small network through the whole
 * loop, with clicks on its own mistakes, averages, batches made by a thread from pictures on the disk,
 * and checkpoints. Resident memory is printed as it goes; at the end, relative to that after a tenth:
 * 1.10 is the most that is no leak.
 *
 *     node --expose-gc --max-semi-space-size=1 --import tsx bench/trainingMemory.ts [steps]
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { startBatchThreads } from "../src/cli/training/batchThreads.ts";
import { scene } from "../src/data/index.ts";
import { initialise } from "../src/nn/index.ts";
import { openDevice } from "../src/node/index.ts";
import { randomNumbers } from "../src/tensor/index.ts";
import { readRecipe, trainer, trainingLoop, writeCheckpoint } from "../src/train/index.ts";
import { miniatureNetwork } from "../test/support/miniatureNetwork.ts";

const [, , asked = "1000"] = process.argv;
const STEPS = Number(asked);
const EARLY = STEPS / 10;
const SIZE = { width: 96, height: 64 };
const SCENES = 8;

const recipe = readRecipe(
  "bench/trainingMemory.ts",
  `
# Threads ask it what batches are like; what is trained is smaller.
network: tiny
sources: { scenes: 1 }
heldOut: 0
crop: { side: 64, scale: [0.9, 1.5], brightness: 0.2, blur: { share: 0.5, sigma: 1 }, paste: 0.5, least: 0.02 }
clicks: { most: 6, patterns: { centre: 1, uniform: 1 } }
curriculum: [{ steps: ${STEPS}, tasks: { first: 1, correction: 1, loop: 2 } }]
batch: 8
loss: { focal: 1, iou: 1 }
optimiser: { name: adamW, rate: 0.003 }
averaging: 0.9
`,
);

/** Resident memory in MB, after what nobody needs was thrown away. */
function resident(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}

const folder = mkdtempSync(join(tmpdir(), "maskwise-bench-"));
for (let seed = 1; seed <= SCENES; seed++) {
  const { picture, truth } = scene(seed, SIZE);
  const raw = (channels: 1 | 3) => ({ raw: { ...SIZE, channels } });
  await sharp(picture.data, raw(3)).toFile(join(folder, `${seed}.png`));
  await sharp(truth.data, raw(1)).toFile(join(folder, `${seed}.labels.png`));
}
const threads = startBatchThreads({ recipe, data: { scenes: folder } }, 1, STEPS, () => {});
const device = await openDevice("cpu", { threads: 1 });
const running = await trainer({
  network: miniatureNetwork,
  recipe,
  takesStart: false,
  device,
  from: initialise(miniatureNetwork.parameters, randomNumbers(1)),
});
let done = 0;
let early = 0;
await trainingLoop({
  trainer: running,
  recipe,
  done: 0,
  batchAt: threads.batchAt,
  told: () => {
    done++;
    if (done % EARLY !== 0) return;
    const now = resident();
    if (done === EARLY) early = now;
    console.log(`${done} steps: ${now.toFixed(0)} MB, × ${(now / early).toFixed(3)}`);
  },
  evaluate: async () => {},
  isTimeToSave: () => done % EARLY === 0,
  save: async (standing) => void writeCheckpoint(standing, miniatureNetwork, recipe),
  isStopped: () => false,
});
await running.dispose();
await device.dispose();
await threads.close();
rmSync(folder, { recursive: true });
