import { interpret, type Precision } from "../graph/interpreter.ts";
import type { Run } from "../graph/run.ts";

/** Something that runs graphs. */
export interface Device {
  /** As shown to people. */
  readonly name: string;
  readonly run: Run;
  /** Give back what the device holds; it runs no graph after that. */
  dispose(): Promise<void>;
}

/**
 * The device that is always there: plain TypeScript, one thread, no dependency.
 *
 * @param precision What floats are kept in. @default "float32"
 */
export function interpreterDevice(precision: Precision = "float32"): Device {
  return {
    name: `interpreter (${precision})`,
    run: async (graph, inputs) => interpret(graph, inputs, precision),
    dispose: async () => {},
  };
}
