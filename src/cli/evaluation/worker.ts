/** A thread that annotates objects, one after another. */

import { parentPort, workerData } from "node:worker_threads";
import { annotateItem, type Job } from "./annotateItem.ts";
import { evaluationModel } from "./evaluationModel.ts";
import type { Answer, Order } from "./pool.ts";

const { model: name, device: deviceName, manner } = workerData as Order;
const { model, device } = await evaluationModel(name, deviceName);

parentPort?.on("message", (job: Job) => void serve(job));

async function serve(job: Job): Promise<void> {
  let answer: Answer;
  try {
    const sample = await annotateItem(job, model, device.run, manner);
    answer = { sample, notes: device.notes };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
}
