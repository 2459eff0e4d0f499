/** A thread that does jobs, and loses the thread it looks with as soon as that is to compute. */

import { Worker } from "node:worker_threads";
import type { OrtAsked } from "../../src/cli/batch/ortInThread.ts";

const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (this: Worker, message: Partial<OrtAsked>, transferred) {
  if (message.kind === "run") void this.terminate();
  else post.call(this, message, transferred);
};
await import("../../src/cli/batch/jobThread.ts");
