/** Threads of the command line, in the source tree and built. */

import { Worker } from "node:worker_threads";

export interface Thread {
  readonly worker: Worker;
  /** The same, but it rejects when the thread ends before, for whatever reason. */
  unlessEnded<Value>(awaited: Promise<Value>): Promise<Value>;
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
  // Not a race with one promise of the end: that would keep every value that was ever awaited.
  const rejections = new Set<(reason: unknown) => void>();
  let reason: unknown;
  const ended = (why: unknown): void => {
    reason ??= why;
    for (const reject of rejections) reject(reason);
  };
  worker.once("error", ended);
  worker.once("exit", () => ended(new Error("a thread ended before its work did.")));
  return {
    worker,
    unlessEnded: (awaited) =>
      new Promise((resolve, reject) => {
        if (reason !== undefined) return reject(reason);
        rejections.add(reject);
        awaited.then(resolve, reject).finally(() => rejections.delete(reject));
      }),
  };
}

function fromSource(source: URL): string {
  return `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(source.href)});
  });`;
}
