/** A thread that does jobs. */

import { parentPort, workerData } from "node:worker_threads";
import { openJobs } from "./doJobs.ts";
import type { Answer, Asked, ThreadOrder } from "./jobThreads.ts";

const { settings, folder, looksAhead } = workerData as ThreadOrder;
const opened = openJobs(settings, folder, looksAhead);
// Told to whoever asks for the first job.
opened.catch(() => {});

parentPort?.on("message", (asked: Asked) => void serve(asked));

async function serve({ number, job }: Asked): Promise<void> {
  const say = (answer: Answer) => parentPort?.postMessage(answer);
  const doer = await opened.catch((cause: Error) => {
    say({ number, unusable: cause.message });
  });
  if (!doer) return;
  try {
    await doer.do(job);
    say({ number, notes: doer.notes });
  } catch (error) {
    say({ number, failed: error instanceof Error ? error.message : String(error) });
  }
}
