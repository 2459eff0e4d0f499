import { Worker } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import { contract, graph, input, softmax } from "../../graph/index.ts";
import { type OnnxDeviceName, openDevice } from "../../node/index.ts";
import { normalNumbers, randomNumbers, tensor } from "../../tensor/index.ts";
import { ortInThread } from "./ortInThread.ts";

// Threads take long to start where others use the machine, too.
vi.setConfig({ testTimeout: 300_000 });
afterEach(() => {
  vi.restoreAllMocks();
});

const SIDE = 400;
const a = input("a", { row: SIDE, inner: SIDE });
const b = input("b", { inner: SIDE, column: SIDE });
const weighted = graph({ rows: softmax(contract(a, b, "inner"), "column") });
const drawn = normalNumbers(randomNumbers(1));
const numbers = (sizes: Record<string, number>) =>
  tensor(
    sizes,
    Float32Array.from({ length: SIDE * SIDE }, () => drawn()),
  );
const given = {
  a: numbers({ row: SIDE, inner: SIDE }),
  b: numbers({ inner: SIDE, column: SIDE }),
};

async function inThread(name: OnnxDeviceName = "cpu") {
  const post = vi.spyOn(Worker.prototype, "postMessage");
  const lost = vi.fn<(reason: Error) => void>();
  const device = await openDevice(name, { threads: 1, load: (of) => ortInThread(of, lost) });
  return { device, lost, thread: (): Worker => post.mock.contexts[0] as Worker };
}

test("numbers are the same to the last bit in a thread as here", async () => {
  const { device, thread } = await inThread();
  const here = await openDevice("cpu", { threads: 1 });
  const [there, own] = [await device.run(weighted, given), await here.run(weighted, given)];
  expect(there).toEqual(own);
  await device.dispose();
  await here.dispose();
  await thread().terminate();
});

test("the caller goes on while a session runs", async () => {
  const { device, thread } = await inThread();
  await device.run(weighted, given);
  let steps = 0;
  let isRunning = true;
  const others = (async () => {
    for (; isRunning; steps++) await new Promise((resolve) => setImmediate(resolve));
  })();
  await Promise.all([0, 1, 2, 3].map(() => device.run(weighted, given)));
  isRunning = false;
  await others;
  expect(steps).toBeGreaterThan(10);
  await thread().terminate();
});

test("what fails in the thread fails here, with what ONNX Runtime said", async () => {
  const { device, thread } = await inThread("cuda");
  await expect(device.run(weighted, given)).rejects.toThrow(/"cuda" does not work here/);
  await thread().terminate();
});

test("a thread that ends is told of, and what it was at is not waited for", async () => {
  const { device, lost, thread } = await inThread();
  await device.run(weighted, given);
  expect(lost).not.toHaveBeenCalled();
  const [answer] = await Promise.allSettled([device.run(weighted, given), thread().terminate()]);
  expect(answer.status).toBe("rejected");
  await expect(device.run(weighted, given)).rejects.toThrow("ended before");
  expect(lost).toHaveBeenCalledOnce();
});
