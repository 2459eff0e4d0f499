import { expect, test } from "vitest";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { examineDevice, ortDevice } from "../../src/runtime/index.ts";

test.each([
  { provider: "cpu", source: "onnxruntime-node" },
  { provider: "wasm", source: "onnxruntime-web" },
] as const)("on $provider half precision costs less than a thousandth", async (device) => {
  const { provider, source } = device;
  const ort = await loadOnnxRuntime(source);
  const half = ortDevice(ort, { provider, threads: 1, precision: "float16" });
  const reports = [];
  // A clock that stands beyond any patience: every task is done twice.
  let time = 0;
  for await (const report of examineDevice(half, () => (time += 1000), "float16")) {
    reports.push(report);
  }
  for (const { task, error, agrees } of reports) {
    expect({ task, agrees }).toEqual({ task, agrees: true });
    expect(error, task).toBeLessThan(1e-3);
  }
  // On a CPU it may spare one product by itself the way into half precision and back.
  expect(Math.max(...reports.map(({ error }) => error))).toBeGreaterThan(1e-5);
  expect(reports).toHaveLength(3);
  expect(half.notes).toEqual([]);
  await half.dispose();
});
