import type { HostTensor } from "../tensor/hostTensor.ts";
import type { Graph } from "./graph.ts";

/**
 * Run a graph: inputs by name in, outputs by name out. Graphs are cached by identity, so build a
 * graph once and run it many times.
 */
export type Run = (
  graph: Graph,
  inputs: Readonly<Record<string, HostTensor>>,
) => Promise<Readonly<Record<string, HostTensor>>>;
