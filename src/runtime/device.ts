import type { Graph } from "../graph/graph.ts";
import type { Run } from "../graph/run.ts";
import type { Axis, DType, HostTensor } from "../tensor/hostTensor.ts";

/** Something that runs graphs. */
export interface Device {
  /** As shown to people. */
  readonly name: string;
  /**
   * What it had to do otherwise than asked, so far: a sentence each, once. Empty when all went as
   * it should.
   */
  readonly notes: readonly string[];
  /** Run a graph once or many times: tensors from memory in, tensors in memory out. */
  readonly run: Run;
  /**
   * Get a graph ready to be run many times, with what it is given staying where the device computes.
   *
   * @throws {TypeError} Rejects when a constant holds another kind than its input.
   * @throws {ShapeError} Rejects when it has other axes, or the same in another order.
   */
  bind(graph: Graph, options?: BindOptions): Promise<Program>;
  /** Bring a tensor to where the device computes. */
  place(tensor: HostTensor): Promise<DeviceTensor>;
  /** Give back what the device holds; after that it runs no graph, and its tensors cannot be read. */
  dispose(): Promise<void>;
}

export interface BindOptions {
  /** Inputs whose values never change, by name: the device may pack them once. */
  readonly constants?: Readonly<Record<string, HostTensor>>;
}

/** A graph that is ready to be run. */
export interface Program {
  /**
   * Run it: every input that is not bound, from memory or from the device.
   *
   * @returns The outputs, on the device: feed them to the next run, `read()` them, and `dispose()`
   *   of each when it is no longer needed. Inputs may be disposed of once this resolves.
   */
  run(
    inputs: Readonly<Record<string, HostTensor | DeviceTensor>>,
  ): Promise<Readonly<Record<string, DeviceTensor>>>;
  /** Give back what was prepared; it runs no more. */
  dispose(): Promise<void>;
}

/** A tensor where a device computes. */
export interface DeviceTensor {
  readonly axes: readonly Axis[];
  readonly dtype: DType;
  /** Its numbers; treat them as read-only. */
  read(): Promise<HostTensor>;
  /** Give its memory back to the device; it cannot be read or fed any more. */
  dispose(): void;
}
