/** A look at a device: how fast it does known work, and whether its answers are right. */

import { type Graph, graph } from "../graph/graph.ts";
import { interpret } from "../graph/interpreter.ts";
import { attention } from "../graph/operations/attention.ts";
import { contract } from "../graph/operations/contract.ts";
import { convolve } from "../graph/operations/convolve.ts";
import { input } from "../graph/operations/input.ts";
import { type HostTensor, tensor } from "../tensor/hostTensor.ts";
import { normalNumbers, randomNumbers } from "../tensor/random.ts";
import type { Device } from "./device.ts";

/** Work of known size. */
interface Task {
  readonly name: string;
  readonly graph: Graph;
  /** Floating-point operations of one run: a multiplication and an addition count as two. */
  readonly operations: number;
}

const MATRIX = { rows: 384, terms: 384, columns: 384 };
const IMAGE = { channels: 32, height: 64, width: 64 };
const TOKENS = { heads: 2, tokens: 512, channels: 64 };

/** Small enough for the interpreter, large enough to tell kernels from overhead. */
function tasks(): readonly Task[] {
  const { rows, terms, columns } = MATRIX;
  const { channels, height, width } = IMAGE;
  const kernel = { filters: channels, channels, kernelHeight: 3, kernelWidth: 3 };
  const { heads, tokens } = TOKENS;
  const axes = { rows: "queries", keys: "keys", channels: "channels" };
  const [query, key, value] = [
    input("query", { heads, queries: tokens, channels: TOKENS.channels }),
    input("key", { heads, keys: tokens, channels: TOKENS.channels }),
    input("value", { heads, keys: tokens, columns: TOKENS.channels }),
  ];
  return [
    {
      name: "matrix product",
      graph: graph({
        y: contract(input("a", { rows, terms }), input("b", { terms, columns }), "terms"),
      }),
      operations: 2 * rows * terms * columns,
    },
    {
      name: "convolution",
      graph: graph({
        y: convolve(input("image", IMAGE), input("kernel", kernel), { padding: 1 }),
      }),
      operations: 2 * 9 * channels * channels * height * width,
    },
    {
      name: "attention",
      graph: graph({ y: attention(query, key, value, axes) }),
      operations: 4 * heads * tokens * tokens * TOKENS.channels,
    },
  ];
}

/** How one piece of work went. */
export interface TaskReport {
  readonly task: string;
  /** In 10⁹ floating-point operations a second, in the fastest of a few runs. */
  readonly gigaflops: number;
  /** From the graph to the first answer, in milliseconds: compiling it is most of that. */
  readonly firstAnswer: number;
  /** Largest difference from the interpreter in double precision, relative to the largest number. */
  readonly error: number;
  /** Whether that is what rounding makes. */
  readonly agrees: boolean;
}

/** Single precision leaves 10⁻⁶ of such sums; half precision, 10⁻³. */
const ALLOWED_ERROR = { float32: 1e-5, float16: 1e-2 } as const;
/** How long to repeat a task for, in milliseconds. */
const PATIENCE = 300;

/**
 * @param device    What to look at.
 * @param now       A clock in milliseconds.
 * @param precision What the device keeps floats in. @default "float32"
 * @returns One report a task, as they are done.
 */
export async function* examineDevice(
  device: Device,
  now: () => number,
  precision: keyof typeof ALLOWED_ERROR = "float32",
): AsyncGenerator<TaskReport> {
  for (const { name, graph: work, operations } of tasks()) {
    const inputs = randomInputs(work);
    const expected = interpret(work, inputs, "float64")["y"].data;
    const begun = now();
    const { y } = await device.run(work, inputs);
    const firstAnswer = now() - begun;
    const fastest = await fastestOf(() => device.run(work, inputs), now);
    const error = relativeError(y.data, expected);
    yield {
      task: name,
      gigaflops: operations / Math.min(fastest, firstAnswer) / 1e6,
      firstAnswer,
      error,
      agrees: error <= ALLOWED_ERROR[precision],
    };
  }
}

function randomInputs({ inputs }: Graph): Readonly<Record<string, HostTensor>> {
  const normal = normalNumbers(randomNumbers(1));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { axes }]) => {
      const sizes = Object.fromEntries(axes.map((axis) => [axis.name, axis.size]));
      const count = axes.reduce((product, { size }) => product * size, 1);
      // A third of a standard deviation: attention then looks at many keys, not at one.
      return [
        name,
        tensor(
          sizes,
          Float32Array.from({ length: count }, () => normal() / 3),
        ),
      ];
    }),
  );
}

/** How long the fastest of repeated runs took, in milliseconds. */
async function fastestOf(run: () => Promise<unknown>, now: () => number): Promise<number> {
  const end = now() + PATIENCE;
  let fastest = Number.POSITIVE_INFINITY;
  do {
    const begun = now();
    await run();
    fastest = Math.min(fastest, now() - begun);
  } while (now() < end);
  return fastest;
}

/** Not a number where an answer is none. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    // Math.max would keep a NaN, which is what we want.
    error = Math.max(error, difference);
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return error / largest;
}
