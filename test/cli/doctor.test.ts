import { expect, test } from "vitest";
import { type } from "./typed.ts";

test("doctor says that the interpreter and ONNX Runtime on the CPU work, and agree", async () => {
  const { code, result } = await type(["doctor", "--device", "cpu", "--device", "interpreter"]);
  expect(code).toBe(0);
  const text = result.toString();
  expect(text).toMatch(/^maskwise \S+, Node \S+, onnxruntime-node \d\S+, onnxruntime-web \d\S+\n/);
  for (const device of ["cpu", "interpreter"]) expect(text).toContain(`\n${device}: works\n`);
  expect(text).not.toContain("WRONG");
});

test("doctor --json is for programs", async () => {
  const { code, result } = await type(["doctor", "--device", "interpreter", "--json"]);
  expect(code).toBe(0);
  const { node, packages, devices } = JSON.parse(result.toString());
  expect(node).toBe(process.versions.node);
  expect(Object.keys(packages)).toEqual(["onnxruntime-node", "onnxruntime-web"]);
  expect(devices).toEqual([
    {
      device: "interpreter",
      works: true,
      notes: [],
      tasks: ["matrix product", "convolution", "attention"].map((task) => ({
        task,
        gigaflops: expect.any(Number),
        firstAnswer: expect.any(Number),
        error: expect.any(Number),
        agrees: true,
      })),
    },
  ]);
});

test("a device that is missing is no fault, and is told with what it needs", async () => {
  const { code, result } = await type(["doctor", "--device", "cuda"]);
  expect(code).toBe(0);
  expect(result.toString()).toMatch(/\ncuda: (works|does not work\. .*It needs an NVIDIA GPU)/);
});

test("a device that there is not is refused", async () => {
  const { code, talk } = await type(["doctor", "--device", "abacus"]);
  expect(code).toBe(2);
  expect(talk).toMatch(/'abacus' is invalid.* Expected cuda, webgpu, cpu, wasm, interpreter\./);
});
