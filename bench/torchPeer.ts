/** PyTorch in a process of its own, asked and answering line by line; see `peers/networks.py`. */

import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const PYTHON = "/usr/bin/python3";

/** What is missing to run it, or `undefined`. */
export function missingTorch(): string | undefined {
  return spawnSync(PYTHON, ["-c", "import torch"]).status === 0
    ? undefined
    : "PyTorch is not there (Debian: apt-get install python3-torch)";
}

export interface PeerSettings {
  readonly network: string;
  readonly threads: number;
  /** A safetensors file with parameters, `image` and `target`. */
  readonly tensors: string;
  readonly learningRate: number;
}

/** How long something took: on the clock, and of the processor in all its threads. */
export interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Lengths of gradients by parameter. */
export type Lengths = Readonly<Record<string, number>>;

export interface TorchPeer {
  step(): Promise<Took & { readonly loss: number }>;
  /** Lengths of the gradients before the next step, computed in either precision. */
  gradients(): Promise<Readonly<Record<"float32" | "float64", Lengths>>>;
  /** The logits in inference, row by row. */
  forward(): Promise<Took & { readonly logits: readonly number[] }>;
  /** A product of two matrices of 1024. */
  matmul(): Promise<Took>;
  stop(): void;
}

export function torchPeer(settings: PeerSettings): TorchPeer {
  const script = join(import.meta.dirname, "peers/networks.py");
  const env = {
    ...process.env,
    // Threads that wait sleep: turning round in circles they would take time from each other here.
    OMP_WAIT_POLICY: "PASSIVE",
    // Its own setting is of one of its threads only; backward runs in another.
    OMP_NUM_THREADS: `${settings.threads}`,
    OPENBLAS_NUM_THREADS: `${settings.threads}`,
  };
  const child = spawn(PYTHON, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(settings)}\n`);
  const ask = async <Answer>(what: string): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify({ do: what })}\n`);
    return JSON.parse((await lines.next()).value ?? "null") as Answer;
  };
  return {
    step: () => ask("step"),
    gradients: () => ask("gradients"),
    forward: () => ask("forward"),
    matmul: () => ask("matmul"),
    stop: () => child.stdin.end(),
  };
}
