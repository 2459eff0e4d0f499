import type { Graph } from "../../src/graph/index.ts";
import type { HostTensor } from "../../src/tensor/index.ts";
import { type TestDevice, testDevices } from "../support/devices.ts";
import type { Expectation } from "./pack.ts";

/** Something that runs graphs, and what it is held to. */
export interface Executor {
  readonly name: string;
  readonly precision: "float64" | "float32";
  /** Whether it takes sums in single precision, rather than in doubles. */
  readonly addsInSingle: boolean;
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
  const addsInSingle = !name.startsWith("interpreter");
  return { name, precision, addsInSingle, run, notes, close: () => device.dispose() };
}

/**
 * The tolerance of an expectation for an executor, in units of its scale.
 *
 * What is left of a number that nearly cancels is a matter of luck in single precision; a pack allows
 * 12 times what was left in two runs of its own, which may be next to nothing. Runs that also add up
 * in single precision, as ours in ONNX Runtime do, are allowed twice that.
 */
export function toleranceOf(
  { precision, addsInSingle }: Executor,
  { tolF64, tolF32 }: Expectation,
): number {
  if (precision === "float64") return tolF64;
  return addsInSingle ? 2 * tolF32 : tolF32;
}
