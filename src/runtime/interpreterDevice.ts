import { givenFor } from "../graph/checkInput.ts";
import type { Graph } from "../graph/graph.ts";
import { interpret, type Precision } from "../graph/interpreter.ts";
import type { HostTensor } from "../tensor/hostTensor.ts";
import type { BindOptions, Device, DeviceTensor, Program } from "./device.ts";
import { type Lifetime, lifetime } from "./lifetime.ts";

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
      life.during(async () => interpretedProgram(life, graph, precision, options)),
    place: (tensor) => life.during(async () => inMemory(life, tensor)),
    dispose: () => life.end(),
  };
}

/** A graph that the interpreter runs, as a program of a device that lasts so long. */
export function interpretedProgram(
  device: Lifetime,
  graph: Graph,
  precision: Precision,
  { constants = {} }: BindOptions = {},
): Program {
  for (const [name, input] of Object.entries(graph.inputs)) {
    if (Object.hasOwn(constants, name)) givenFor("constants", input, constants);
  }
  const life = lifetime("program");
  async function run(
    inputs: Readonly<Record<string, HostTensor | DeviceTensor>>,
  ): Promise<Readonly<Record<string, DeviceTensor>>> {
    const given: Record<string, HostTensor> = { ...constants };
    for (const [name, tensor] of Object.entries(inputs)) given[name] = await onHost(tensor);
    const results = interpret(graph, given, precision);
    return Object.fromEntries(
      Object.entries(results).map(([name, result]) => [name, inMemory(device, result)]),
    );
  }
  return {
    run: (inputs) => device.during(() => life.during(() => run(inputs))),
    dispose: () => life.end(),
  };
}

/** A tensor in memory, wherever it is. */
async function onHost(tensor: HostTensor | DeviceTensor): Promise<HostTensor> {
  return "read" in tensor ? tensor.read() : tensor;
}

/** A tensor of a device that computes in memory. */
function inMemory(device: Lifetime, tensor: HostTensor): DeviceTensor {
  let isThere = true;
  return {
    axes: tensor.axes,
    dtype: tensor.dtype,
    read: () =>
      device.during(async () => {
        if (!isThere) throw disposedTensor();
        return tensor;
      }),
    dispose: () => {
      isThere = false;
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
