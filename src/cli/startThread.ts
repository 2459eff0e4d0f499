/** Threads of the command line, in the source tree and built. */

import { Worker } from "node:worker_threads";

export interface Thread {
  readonly worker: Worker;
  /** Rejects when the thread ends, for whatever reason. */
  readonly ended: Promise<never>;
}

/** In the source tree threads must learn to read TypeScript first; once built, they need no help. */
const IS_SOURCE = import.meta.url.endsWith(".ts");

/**
 * @param source The thread's file in the source tree, `*.ts`; once built, the `*.js` beside it.
 * @param order  What it is started with, as its `workerData`.
 */
export function startThread(source: URL, order: unknown): Thread {
  const worker = IS_SOURCE
    ? new Worker(fromSource(source), { workerData: order, eval: true })
    : new Worker(new URL(source.href.replace(/\.ts$/, ".js")), { workerData: order });
  const ended = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("a thread ended before its work did.")));
  });
  // A thread that ends while nobody waits for it is no failure.
  ended.catch(() => {});
  return { worker, ended };
}

function fromSource(source: URL): string {
  return `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(source.href)});
  });`;
}
