/** A thread that annotates objects, one after another. */

import { parentPort, workerData } from "node:worker_threads";
import { annotateItem, type Job, type Manner } from "./annotateItem.ts";
import { evaluationModel } from "./evaluationModel.ts";
import type { Answer, Order } from "./pool.ts";

const { model: name, manner } = workerData as Order;
const model = await evaluationModel(name);

parentPort?.on("message", (job: Job) => void serve(job, manner));

async function serve(job: Job, how: Manner): Promise<void> {
  let answer: Answer;
  try {
    answer = { sample: await annotateItem(job, model, how) };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
}
