/** A thread that makes batches, one after another, from data that it has opened itself. */

import { parentPort, workerData } from "node:worker_threads";
import { batchAt, configurationOf, sourcesOf } from "../../train/index.ts";
import type { Answer, BatchOrder } from "./batchThreads.ts";
import { openData } from "./openData.ts";

const { recipe, data } = workerData as BatchOrder;
const opened = openData(data).then((collections) => sourcesOf(recipe, collections).train);
const plan = { ...recipe, takesStart: configurationOf(recipe).interaction.takesStart };
// Told to whoever asks for the first batch.
opened.catch(() => {});

parentPort?.on("message", (step: number) => void serve(step));

async function serve(step: number): Promise<void> {
  const passedOver: [string, string][] = [];
  try {
    const batch = await batchAt(step, await opened, plan, (id, reason) =>
      passedOver.push([id, reason]),
    );
    const moved = [batch.image, batch.truth, batch.start].map(
      ({ buffer }) => buffer as ArrayBuffer,
    );
    parentPort?.postMessage({ step, passedOver, batch } satisfies Answer, moved);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ step, passedOver, error: reason } satisfies Answer);
  }
}
