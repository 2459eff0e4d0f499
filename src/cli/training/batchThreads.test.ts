import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { sceneFolder } from "../../../test/support/sceneFolder.ts";
import { readRecipe } from "../../train/index.ts";
import { startBatchThreads } from "./batchThreads.ts";

const RECIPE = readRecipe(
  "recipe",
  `
network: tiny
sources: { scenes: 1 }
crop: { side: 64, scale: [0.9, 1.5], least: 0.02 }
clicks: { most: 3 }
curriculum: [{ steps: 6, tasks: { first: 1 } }]
batch: 2
loss: {}
optimiser: { name: sgd, rate: 0.01 }
`,
);

/** All that nobody can reach any more is thrown away. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  // What was awaited last is let go of a moment later.
  await new Promise((resolve) => setImmediate(resolve));
  runInNewContext("gc")();
}

test("a batch that was used is kept by nobody", async () => {
  const order = { recipe: RECIPE, data: { scenes: await sceneFolder(3) } };
  const threads = startBatchThreads(order, 1, 6, () => {});
  try {
    const used: WeakRef<object>[] = [];
    for (let step = 0; step < 4; step++) used.push(new WeakRef(await threads.batchAt(step)));
    await collectGarbage();
    expect(used.slice(0, 3).map((each) => each.deref())).toEqual([undefined, undefined, undefined]);
  } finally {
    await threads.close();
  }
});

test("data that cannot be read is told to whoever asks for a batch", async () => {
  const order = { recipe: RECIPE, data: { scenes: join(await sceneFolder(1), "nothing") } };
  const threads = startBatchThreads(order, 1, 6, () => {});
  await expect(threads.batchAt(0)).rejects.toThrow(
    /^train: no batch could be made for step 0: .*expected a data set at .*got nothing/,
  );
  await threads.close();
  await expect(threads.batchAt(5)).rejects.toThrow("a thread ended before its work did.");
});
