import { type Graph, interpret } from "../../src/graph/index.ts";
import type { HostTensor } from "../../src/tensor/index.ts";
import type { Expectation } from "./pack.ts";

/** Something that runs graphs, and what it is held to. */
export interface Executor {
  readonly name: string;
  readonly precision: "float64" | "float32";
  run(
    graph: Graph,
    inputs: Readonly<Record<string, HostTensor>>,
  ): Promise<Readonly<Record<string, HostTensor>>>;
}

/** Everything a pack is run on. One line each. */
export const executors: readonly Executor[] = [interpreter("float64"), interpreter("float32")];

function interpreter(precision: "float64" | "float32"): Executor {
  return {
    name: `interpreter ${precision}`,
    precision,
    run: async (graph, inputs) => interpret(graph, inputs, precision),
  };
}

/** The tolerance of an expectation for an executor, in units of its scale. */
export function toleranceOf({ precision }: Executor, { tolF64, tolF32 }: Expectation): number {
  return precision === "float64" ? tolF64 : tolF32;
}
