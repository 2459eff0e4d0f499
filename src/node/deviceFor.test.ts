import { afterEach, expect, test, vi } from "vitest";
import { deviceFor } from "./deviceFor.ts";

afterEach(() => {
  vi.doUnmock("onnxruntime-node");
  vi.resetModules();
});

test("networks run on ONNX Runtime, by name or by file; what is none runs by the interpreter", async () => {
  for (const model of ["small", "mine.safetensors"]) {
    const device = await deviceFor(model, undefined, { threads: 1 });
    expect([device.name, device.notes]).toEqual(["ONNX Runtime (cpu, float32)", []]);
    await device.dispose();
  }
  for (const model of ["colour", "random-walker", "mine.mjs"]) {
    expect((await deviceFor(model)).name).toBe("interpreter (float32)");
  }
});

test("a device that is named is taken for any model", async () => {
  expect((await deviceFor("small", "interpreter")).name).toBe("interpreter (float32)");
  expect((await deviceFor("colour", "cpu")).name).toBe("ONNX Runtime (cpu, float32)");
});

test("without ONNX Runtime a network runs by the interpreter, and it is said what to install", async () => {
  vi.doMock("onnxruntime-node", () => {
    throw new Error("not there");
  });
  const { name, notes } = await deviceFor("small");
  expect(name).toBe("interpreter (float32)");
  expect(notes).toEqual([
    expect.stringContaining('Install it with "npm install onnxruntime-node"'),
  ]);
});
