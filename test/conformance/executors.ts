import type { Graph } from "../../src/graph/index.ts";
import type { HostTensor } from "../../src/tensor/index.ts";
import { type TestDevice, testDevices } from "../support/devices.ts";
import type { Expectation } from "./pack.ts";

/** Something that runs graphs, and what it is held to. */
export interface Executor {
  readonly name: string;
  readonly precision: "float64" | "float32";
  run(
    graph: Graph,
    inputs: Readonly<Record<string, HostTensor>>,
  ): Promise<Readonly<Record<string, HostTensor>>>;
  /** What it had to do otherwise than asked. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** What a pack is run on when nobody says: all that is fast enough for it. */
export const usualDevices: readonly TestDevice[] = testDevices.filter(({ isSlow }) => !isSlow);

/** @throws {Error} When it cannot be had here. */
export async function openExecutor({ name, precision, open }: TestDevice): Promise<Executor> {
  const device = await open();
  const { run, notes } = device;
  return { name, precision, run, notes, close: () => device.dispose() };
}

/** The tolerance of an expectation for an executor, in units of its scale. */
export function toleranceOf({ precision }: Executor, { tolF64, tolF32 }: Expectation): number {
  return precision === "float64" ? tolF64 : tolF32;
}
