/**
 * ONNX Runtime as a device: graphs are written as ONNX models, compiled to sessions once, and run by
 * whatever provider the given build of ONNX Runtime has.
 */

import { checkIndices } from "../graph/checkIndices.ts";
import { givenFor } from "../graph/checkInput.ts";
import type { Graph } from "../graph/graph.ts";
import { interpret } from "../graph/interpreter.ts";
import { keptIn } from "../graph/vocabulary.ts";
import type { HostTensor, TensorData } from "../tensor/hostTensor.ts";
import type { BindOptions, Device, DeviceTensor, Program } from "./device.ts";
import { interpretedProgram } from "./interpreterDevice.ts";
import { lifetime } from "./lifetime.ts";
import { type Compiled, type OrtDeviceOptions, ortCompiler } from "./ortCompiler.ts";
import { MissingKernel } from "./ortErrors.ts";
import type { OrtModule, OrtTensor } from "./ortModule.ts";
import { ortStore } from "./ortStore.ts";

/**
 * A device that runs graphs with ONNX Runtime.
 *
 *     const device = ortDevice(await import("onnxruntime-web"), { provider: "wasm" });
 *
 * Graphs that equal each other share a compiled session; runs follow one another.
 *
 * @param ort The module `onnxruntime-node` or `onnxruntime-web`.
 * @throws {RangeError} When a number of threads or sessions is not whole or too small.
 */
export function ortDevice(ort: OrtModule, options: OrtDeviceOptions = {}): Device {
  const { provider = "cpu", precision = "float32" } = options;
  const name = `ONNX Runtime (${provider}, ${precision})`;
  const notes: string[] = [];
  const life = lifetime(`device "${name}"`);
  const compiler = ortCompiler(ort, options, (text) => {
    if (!notes.includes(text)) notes.push(text);
  });
  const store = ortStore(ort, provider, compiler, life);

  async function feedsOf(
    { inputs }: Graph,
    { indices }: Compiled,
    given: Readonly<Record<string, HostTensor | DeviceTensor>>,
    constants: Readonly<Record<string, HostTensor>>,
  ): Promise<Record<string, OrtTensor>> {
    for (const { input, operation, axis, size } of indices) {
      const tensor = { ...constants, ...given }[input];
      if (tensor !== undefined && "data" in tensor) {
        checkIndices(operation, tensor.data, axis, size);
      }
    }
    const feeds: Record<string, OrtTensor> = {};
    for (const [input, node] of Object.entries(inputs)) {
      if (Object.hasOwn(constants, input)) continue;
      feeds[input] = await store.feed(givenFor("run", node, given));
    }
    return feeds;
  }

  async function run(
    graph: Graph,
    inputs: Readonly<Record<string, HostTensor>>,
  ): Promise<Readonly<Record<string, HostTensor>>> {
    const compiled = compiler.compile(graph, {}, "memory");
    const feeds = await feedsOf(graph, compiled, inputs, {});
    try {
      const results = await compiler.run(compiled, feeds);
      return mapValues(graph.outputs, ({ axes, kind }, output) => ({
        axes,
        dtype: keptIn(kind, "float32"),
        data: results[compiled.outputNames[output]].data as TensorData,
      }));
    } catch (error) {
      if (error instanceof MissingKernel) return interpret(graph, inputs, "float32");
      throw error;
    }
  }

  async function bind(graph: Graph, options: BindOptions): Promise<Program> {
    const { constants = {} } = options;
    const compiled = compiler.compile(graph, constants, "device");
    const interpreted = interpretedProgram(life, graph, "float32", options);
    let letGo: () => Promise<void>;
    try {
      letGo = await compiler.hold(compiled);
    } catch (error) {
      if (error instanceof MissingKernel) return interpreted;
      throw error;
    }
    const programLife = lifetime("program");

    async function runBound(
      inputs: Readonly<Record<string, HostTensor | DeviceTensor>>,
    ): Promise<Readonly<Record<string, DeviceTensor>>> {
      const feeds = await feedsOf(graph, compiled, inputs, constants);
      try {
        const results = await compiler.run(compiled, feeds);
        return mapValues(graph.outputs, ({ axes, kind }, output) =>
          store.wrap(results[compiled.outputNames[output]], axes, keptIn(kind, "float32")),
        );
      } catch (error) {
        if (error instanceof MissingKernel) return interpreted.run(inputs);
        throw error;
      }
    }
    return {
      run: (inputs) => life.during(() => programLife.during(() => runBound(inputs))),
      dispose: async () => {
        await programLife.end();
        await letGo();
      },
    };
  }

  return {
    name,
    notes,
    run: (graph, inputs) => life.during(() => run(graph, inputs)),
    bind: (graph, bound = {}) => life.during(() => bind(graph, bound)),
    place: (tensor) => life.during(() => store.place(tensor)),
    dispose: async () => {
      await life.end();
      await compiler.dispose();
    },
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value, name)]),
  );
}
