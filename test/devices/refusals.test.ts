import ortWeb from "onnxruntime-web";
import { expect, test } from "vitest";
import { exp, expand, gather, graph, input, rename, sum } from "../../src/graph/index.ts";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { interpreterDevice, type OrtModule, ortDevice } from "../../src/runtime/index.ts";
import { tensor } from "../../src/tensor/index.ts";

const ort = await loadOnnxRuntime();
const device = ortDevice(ort);
const PICKED = graph({
  y: gather(
    input("x", { keys: 3 }),
    "keys",
    rename(input("at", { clicks: 1 }, "int"), { clicks: "c" }),
  ),
});
const x = tensor({ keys: 3 }, [1, 2, 3]);
const at = tensor({ clicks: 1 }, [0], "int32");

test("inputs are refused as the interpreter refuses them", async () => {
  const wrong = [
    { x },
    { x: tensor({ keys: 2 }, [1, 2]), at },
    { x: tensor({ keys: 3 }, [1, 2, 3], "int32"), at },
    { x, at: tensor({ clicks: 1 }, [3], "int32") },
    { x, at: tensor({ clicks: 1 }, [-1], "int32") },
  ];
  const interpreter = interpreterDevice();
  for (const inputs of wrong) {
    const theirs: Error = await interpreter.run(PICKED, inputs).catch((error) => error);
    const ours: Error = await device.run(PICKED, inputs).catch((error) => error);
    expect(ours.constructor).toBe(theirs.constructor);
    expect(ours.message).toBe(theirs.message.replace(/^interpret:/, "run:"));
  }
});

test("a provider that is not there is named, with those that are", async () => {
  const cuda = ortDevice(ort, { provider: "cuda" });
  await expect(cuda.run(PICKED, { x, at })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: compiling a graph: the provider "cuda" does not work here (OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library). It needs an NVIDIA GPU, CUDA, and an onnxruntime-node installed without the line "onnxruntime-node-install=skip". "maskwise doctor" shows which devices work.]`,
  );
  const other = ortDevice(ort, { provider: "abacus" });
  await expect(other.run(PICKED, { x, at })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: compiling a graph: the provider "abacus" does not work here (no available backend found. ERR: [abacus] backend not found.). This build brings cpu and webgpu. "maskwise doctor" shows which devices work.]`,
  );
});

test("numbers of threads and sessions that cannot be are refused at once", () => {
  expect(() => ortDevice(ort, { threads: 0 })).toThrow(
    "ortDevice: expected a whole number of threads of at least 1, got 0.",
  );
  expect(() => ortDevice(ort, { sessions: 1.5 })).toThrow(RangeError);
});

test("an array far larger than any memory is told as memory that ran out", async () => {
  const huge = graph({
    y: sum(exp(expand(input("x", { keys: 3 }), { rows: 2e6, columns: 7e5 })), "rows", "columns"),
  });
  const wasm = ortDevice(ortWeb, { provider: "wasm", threads: 1 });
  for (const each of [device, wasm]) {
    await expect(each.run(huge, { x })).rejects.toThrow(/^running a graph: memory ran out \(/);
  }
  await expect(interpreterDevice().run(huge, { x })).rejects.toThrow(
    "allocate: memory ran out, expected room for 4200000000000 numbers of float32.",
  );
  await wasm.dispose();
});

/** ONNX Runtime that answers every model with this error. */
function failing(message: string): OrtModule {
  return { ...ort, InferenceSession: { create: () => Promise.reject(new Error(message)) } };
}

test("memory that ran out, and models that do not load, are told in our words", async () => {
  const full = ortDevice(failing("std::bad_alloc"));
  await expect(full.run(PICKED, { x, at })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: compiling a graph: memory ran out (std::bad_alloc). Use smaller images or batches, or a device with more.]`,
  );
  const broken = ortDevice(failing("Failed to load model because protobuf parsing failed."));
  await expect(broken.run(PICKED, { x, at })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: compiling a graph: ONNX Runtime failed (Failed to load model because protobuf parsing failed.). The graph runs with interpreterDevice(); please report it with what "maskwise doctor" prints.]`,
  );
});

test("a graph without a kernel is left to the interpreter, and the device says so", async () => {
  const poor = ortDevice(failing("Could not find an implementation for Gather(13) node"));
  expect((await poor.run(PICKED, { x, at }))["y"].data).toEqual(Float32Array.of(1));
  const program = await poor.bind(PICKED, { constants: { x } });
  expect((await (await program.run({ at }))["y"].read()).data).toEqual(Float32Array.of(1));
  expect(poor.notes).toMatchInlineSnapshot(`
    [
      "compiling a graph: "cpu" has no kernel for it (Could not find an implementation for Gather(13) node). The interpreter runs such graphs instead.",
    ]
  `);
  await poor.dispose();
});
