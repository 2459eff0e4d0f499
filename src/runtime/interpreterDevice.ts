import { givenFor } from "../graph/checkInput.ts";
import type { Graph } from "../graph/graph.ts";
import { interpret, type Precision } from "../graph/interpreter.ts";
import type { HostTensor } from "../tensor/hostTensor.ts";
import type { BindOptions, Device, DeviceTensor, Program } from "./device.ts";
import { lifetime } from "./lifetime.ts";

/**
 * The device that is always there: plain TypeScript, one thread, no dependency.
 *
 * @param precision What floats are kept in. @default "float32"
 */
export function interpreterDevice(precision: Precision = "float32"): Device {
  const name = `interpreter (${precision})`;
  const life = lifetime(`device "${name}"`);
  return {
    name,
    notes: [],
    run: (graph, inputs) => life.during(async () => interpret(graph, inputs, precision)),
    bind: (graph, options) =>
      life.during(async () => interpretedProgram(graph, precision, options)),
    place: async (tensor) => inMemory(tensor),
    dispose: () => life.end(),
  };
}

/** A graph that the interpreter runs, as a program. */
export function interpretedProgram(
  graph: Graph,
  precision: Precision,
  { constants = {} }: BindOptions = {},
): Program {
  for (const [name, input] of Object.entries(graph.inputs)) {
    if (Object.hasOwn(constants, name)) givenFor("constants", input, constants);
  }
  const life = lifetime("program");
  return {
    run: (inputs) =>
      life.during(async () => {
        const given: Record<string, HostTensor> = { ...constants };
        for (const [name, tensor] of Object.entries(inputs)) given[name] = await onHost(tensor);
        const results = interpret(graph, given, precision);
        return Object.fromEntries(
          Object.entries(results).map(([name, result]) => [name, inMemory(result)]),
        );
      }),
    dispose: () => life.end(),
  };
}

/** A tensor in memory, wherever it is. */
async function onHost(tensor: HostTensor | DeviceTensor): Promise<HostTensor> {
  return "read" in tensor ? tensor.read() : tensor;
}

/** A tensor of a device that computes in memory. */
function inMemory({ axes, dtype, data }: HostTensor): DeviceTensor {
  const life = { isOver: false };
  return {
    axes,
    dtype,
    read: async () => {
      if (life.isOver) throw disposedTensor();
      return { axes, dtype, data };
    },
    dispose: () => {
      life.isOver = true;
    },
  };
}

/** What reading a tensor comes to that was disposed of. */
export function disposedTensor(): TypeError {
  return new TypeError(
    "DeviceTensor: expected a tensor that is still there, got one that was disposed of. " +
      "Read it, or feed it, before.",
  );
}
