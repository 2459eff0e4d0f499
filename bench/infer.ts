/**
 * A network's forward pass in inference, weights bound: ONNX Runtime native in Node, its WebAssembly in
 * Node, WebGPU where there is an adapter, and PyTorch, all in one run and in turns.
 *
 *     npx tsx bench/infer.ts
 *     npx tsx bench/infer.ts --network resnet50 --side 256 --threads 1 --rounds 30
 *
 * In GFLOP/s of convolutions and matrix products, and as a share of what the same runtime reaches in
 * a product of two matrices of 1024 in the same run. Times are the least of all rounds; with one
 * thread those of the processor, which others on the machine disturb less. Logits are compared.
 * Without Debian's python3-torch there is no peer, and a line says so.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as onnxruntime from "onnxruntime-node";
import onnxruntimeWeb from "onnxruntime-web";
import { flopsOf } from "../src/graph/flops.ts";
import { contract, type Graph, graph, input } from "../src/graph/index.ts";
import { initialise } from "../src/nn/index.ts";
import { type OrtModule, ortDevice } from "../src/runtime/index.ts";
import { normalNumbers, randomNumbers } from "../src/tensor/index.ts";
import { NETWORKS, type Network } from "./networks.ts";
import { filled, type Numbers, writeTensors } from "./tensorsFile.ts";
import { least, timed } from "./timing.ts";
import { missingTorch, type Took, torchPeer } from "./torchPeer.ts";

const { values: options } = parseArgs({
  options: {
    network: { type: "string", default: Object.keys(NETWORKS).join() },
    side: { type: "string", default: "256" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "20" },
  },
});
const SIDE = Number(options.side);
const PEAK = 1024;
const PEAK_FLOPS = 2 * PEAK ** 3;
const random = randomNumbers(1);

/** One network, and what all sides are given. */
interface Task {
  readonly name: string;
  readonly graph: Graph;
  readonly parameters: Numbers;
  readonly image: Numbers;
}

function taskOf(name: string, network: Network): Task {
  const sizes = { batch: 1, channels: 3, height: SIDE, width: SIDE };
  return {
    name,
    graph: graph({ logits: network.logits(input("image", sizes), "inference") }),
    parameters: initialise(network.parameters, random),
    image: { image: filled(sizes, normalNumbers(random)) },
  };
}

/** Something that is timed, a round at a time. */
interface Side {
  readonly name: string;
  forward(): Promise<Took & { readonly logits: ArrayLike<number> }>;
  matmul(): Promise<Took>;
  stop(): Promise<void>;
}

const MATRICES: Numbers = {
  a: filled({ rows: PEAK, terms: PEAK }, random),
  b: filled({ terms: PEAK, columns: PEAK }, random),
};

async function ourSide(
  name: string,
  task: Task,
  ort: OrtModule,
  provider: string,
  threads: number,
): Promise<Side> {
  const device = ortDevice(ort, { provider, threads });
  const network = await device.bind(task.graph, { constants: task.parameters });
  const product = contract(
    input("a", { rows: PEAK, terms: PEAK }),
    input("b", { terms: PEAK, columns: PEAK }),
    "terms",
  );
  const peak = await device.bind(graph({ product }));
  return {
    name,
    forward: async () => {
      let logits: ArrayLike<number> = [];
      const took = await timed(async () => {
        const results = await network.run(task.image);
        logits = (await results["logits"].read()).data;
        results["logits"].dispose();
      });
      return { ...took, logits };
    },
    matmul: () =>
      timed(async () => {
        const results = await peak.run(MATRICES);
        results["product"].dispose();
      }),
    stop: () => device.dispose(),
  };
}

function theirSide(task: Task, threads: number, folder: string): Side {
  const tensors = join(folder, "tensors.safetensors");
  writeTensors(tensors, { ...task.parameters, ...task.image });
  const peer = torchPeer({ network: task.name, threads, tensors, learningRate: 0 });
  return {
    name: "PyTorch",
    forward: peer.forward,
    matmul: peer.matmul,
    stop: async () => peer.stop(),
  };
}

/** All sides that work here; a line for each that does not. */
async function sidesOf(task: Task, threads: number, folder: string): Promise<readonly Side[]> {
  const sides = [await ourSide("native", task, onnxruntime, "cpu", threads)];
  if (threads === 1) {
    sides.push(await ourSide("WebAssembly", task, onnxruntimeWeb, "wasm", threads));
    try {
      sides.push(await ourSide("WebGPU", task, onnxruntime, "webgpu", threads));
    } catch {
      console.log("WebGPU: no adapter here.");
    }
  }
  const missing = missingTorch();
  if (missing === undefined) sides.push(theirSide(task, threads, folder));
  else console.log(`bench/infer: no peer: ${missing}.`);
  return sides;
}

async function compare(task: Task, threads: number, folder: string): Promise<void> {
  const sides = await sidesOf(task, threads, folder);
  const samples = sides.map(() => ({ forward: [] as Took[], matmul: [] as Took[] }));
  const answers: ArrayLike<number>[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, side] of sides.entries()) {
      const { logits, ...took } = await side.forward();
      samples[i].forward.push(took);
      samples[i].matmul.push(await side.matmul());
      answers[i] = logits;
    }
  }
  const flops = flopsOf(task.graph);
  console.log(`${task.name}, ${SIDE}², ${(flops / 1e9).toFixed(2)} GFLOP, threads ${threads}`);
  for (const [i, { name, stop }] of sides.entries()) {
    const [forward, matmul] = [least(samples[i].forward), least(samples[i].matmul)];
    const time = ({ ms, cpuMs }: Took): number => (threads === 1 && name !== "WebGPU" ? cpuMs : ms);
    const [speed, peak] = [flops / time(forward) / 1e6, PEAK_FLOPS / time(matmul) / 1e6];
    console.log(
      `${name.padEnd(12)}${speed.toFixed(1).padStart(7)} GFLOP/s, ${percent(speed / peak)} of its ` +
        `matrix product's ${peak.toFixed(0)}; ${forward.ms.toFixed(1)} ms, ` +
        `${forward.cpuMs.toFixed(1)} ms of the processor; logits ${apart(answers[i], answers[0])} apart`,
    );
    await stop();
  }
  console.log("");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function apart(a: ArrayLike<number>, b: ArrayLike<number>): string {
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < b.length; i++) {
    worst = Math.max(worst, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return (worst / largest).toExponential(1);
}

const folder = mkdtempSync(join(tmpdir(), "maskwise-infer-"));
for (const name of options.network.split(",")) {
  const task = taskOf(name, NETWORKS[name]);
  for (const threads of options.threads.split(",")) await compare(task, Number(threads), folder);
}
rmSync(folder, { recursive: true });
