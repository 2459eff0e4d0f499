/**
 * One step of training (loss, gradients, SGD with momentum) as one graph on ONNX Runtime, beside the
 * same step in PyTorch, in one run and in turns.
 *
 *     npx tsx bench/train.ts
 *     npx tsx bench/train.ts --network compact --side 256 --batch 2 --threads 1,2 --steps 20
 *
 * Answers are compared before times: the loss, the length of every gradient, and the loss after the
 * last step. Times are the least of all steps, on the clock and of the processor: on a shared machine the
 * second is the fairer one with one thread. Then comes where ONNX Runtime's kernels spend it.
 * Without Debian's python3-torch there is no peer, and a line says so.
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as onnxruntime from "onnxruntime-node";
import { writeSafetensors } from "../src/formats/index.ts";
import { gradient, graph, input, type Node, sqrt, square, sum } from "../src/graph/index.ts";
import {
  initialise,
  nodesByPath,
  parameterNodes,
  parametersByPath,
  training,
} from "../src/nn/index.ts";
import { type DeviceTensor, type OrtModule, ortDevice } from "../src/runtime/index.ts";
import {
  type HostTensor,
  normalNumbers,
  randomNumbers,
  type Sizes,
  tensor,
} from "../src/tensor/index.ts";
import { sgd, type TrainingStep, trainingStep } from "../src/train/index.ts";
import { type OperatorTime, profiled } from "./kernelTimes.ts";
import { NETWORKS, type Network } from "./networks.ts";
import { least, timed } from "./timing.ts";
import { type Lengths, missingTorch, type Took, torchPeer } from "./torchPeer.ts";

const { values: options } = parseArgs({
  options: {
    network: { type: "string", default: Object.keys(NETWORKS).join() },
    side: { type: "string" },
    batch: { type: "string" },
    threads: { type: "string", default: "1,2" },
    steps: { type: "string", default: "20" },
  },
});
const STEPS = Number(options.steps);
const LEARNING_RATE = 0.01;

type Numbers = Readonly<Record<string, HostTensor>>;

/** One network, its step, and what both sides begin with. */
interface Task {
  readonly name: string;
  readonly step: TrainingStep;
  /** Lengths of all gradients, by parameter, before the first step. */
  readonly lengths: Readonly<Record<string, Node>>;
  readonly parameters: Numbers;
  readonly batch: Numbers;
}

function taskOf(name: string, network: Network): Task {
  const side = Number(options.side ?? network.usual.side);
  const batch = Number(options.batch ?? network.usual.batch);
  const sizes = {
    image: { batch, channels: 3, height: side, width: side },
    target: { batch, channels: 1, height: side / network.stride, width: side / network.stride },
  };
  const image = input("image", sizes.image);
  const target = input("target", sizes.target);
  const mode = training();
  const loss = network.loss(network.logits(image, mode), target);
  const nodes = nodesByPath(parameterNodes(network.parameters));
  const isLearnt = ([path]: [string, Node]): boolean =>
    parametersByPath(network.parameters)[path].learnt;
  const learnt = Object.fromEntries(Object.entries(nodes).filter(isLearnt));
  const kept = Object.entries(nodes).map(([path, node]) => [path, mode.updates.get(node)]);
  const step = trainingStep({
    loss,
    parameters: learnt,
    optimiser: sgd({ momentum: 0.9 }),
    carried: Object.fromEntries(kept.filter(([, next]) => next !== undefined)),
  });
  const lengths = Object.entries(gradient(loss, learnt)).map(([path, each]) => [
    path,
    sqrt(sum(square(each), ...each.axes.map((axis) => axis.name))),
  ]);
  const random = randomNumbers(1);
  const normal = normalNumbers(random);
  return {
    name: `${name}, ${batch} × ${side}²`,
    step,
    lengths: Object.fromEntries(lengths),
    parameters: initialise(network.parameters, random),
    batch: {
      image: filled(sizes.image, normal),
      target: filled(sizes.target, () => Math.round(random())),
    },
  };
}

function filled(sizes: Sizes, next: () => number): HostTensor {
  const count = Object.values(sizes).reduce((product, size) => product * size, 1);
  return tensor(sizes, Float32Array.from({ length: count }, next));
}

/** Our side: a step at a time, with all that is carried staying on the device. */
async function ours(task: Task, ort: OrtModule, threads: number) {
  const device = ortDevice(ort, { threads });
  const program = await device.bind(task.step.graph);
  let carried: Readonly<Record<string, HostTensor | DeviceTensor>> = task.step.start(
    task.parameters,
  );
  let steps = 0;
  return {
    lengths: async (): Promise<Lengths> => {
      const results = await device.run(graph(task.lengths), { ...task.parameters, ...task.batch });
      return Object.fromEntries(Object.entries(results).map(([path, { data }]) => [path, data[0]]));
    },
    step: async (): Promise<Took & { readonly loss: number }> => {
      let value = 0;
      const took = await timed(async () => {
        const { loss, ...next } = await program.run({
          ...carried,
          ...task.batch,
          learningRate: tensor({}, [LEARNING_RATE]),
          step: tensor({}, [++steps]),
        });
        for (const each of Object.values(carried)) if ("dispose" in each) each.dispose();
        carried = next;
        value = (await loss.read()).data[0];
        loss.dispose();
      });
      return { ...took, loss: value };
    },
    stop: () => device.dispose(),
  };
}

async function compare(task: Task, folder: string, threads: number): Promise<void> {
  const own = await ours(task, onnxruntime, threads);
  const tensors = join(folder, "tensors.safetensors");
  writeTensors(tensors, { ...task.parameters, ...task.batch });
  const network = task.name.split(",")[0];
  const peer = torchPeer({ network, threads, tensors, learningRate: LEARNING_RATE });
  const lengths = await own.lengths();
  const { float32, float64 } = await peer.gradients();
  const samples: { ours: Took[]; theirs: Took[] } = { ours: [], theirs: [] };
  const losses: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    const [mine, other] = [await own.step(), await peer.step()];
    samples.ours.push(mine);
    samples.theirs.push(other);
    if (step === 0 || step === STEPS - 1) {
      losses.push(`step ${step + 1}: ${mine.loss.toPrecision(6)} and ${other.loss.toPrecision(6)}`);
    }
  }
  peer.stop();
  await own.stop();
  console.log(`losses of ours and PyTorch: ${losses.join("; ")}`);
  console.log(
    `lengths of ${Object.keys(lengths).length} gradients beside PyTorch in double precision: ` +
      `ours off by ${apart(lengths, float64)}, PyTorch in single by ${apart(float32, float64)}`,
  );
  const [mine, other] = [least(samples.ours), least(samples.theirs)];
  console.log(`${task.name}, threads ${threads}: ${inWords(mine)}; PyTorch ${inWords(other)}`);
  const ratios = [other.ms / mine.ms, other.cpuMs / mine.cpuMs].map((ratio) => ratio.toFixed(2));
  console.log(`PyTorch's speed times ${ratios[0]} on the clock, ${ratios[1]} of the processor\n`);
}

/** The largest and the middle relative error. */
function apart(lengths: Lengths, expected: Lengths): string {
  const largest = Math.max(...Object.values(expected));
  const errors = Object.entries(expected)
    .map(([path, length]) => Math.abs(lengths[path] - length) / Math.max(length, 1e-3 * largest))
    .sort((a, b) => a - b);
  const [middle, worst] = [errors[Math.floor(errors.length / 2)], errors[errors.length - 1]];
  return `at most ${worst.toExponential(1)} (median ${middle.toExponential(1)})`;
}

function inWords({ ms, cpuMs }: Took): string {
  return `${ms.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of the processor`;
}

function writeTensors(path: string, numbers: Numbers): void {
  const stored = Object.entries(numbers).map(([name, { axes, data }]) => {
    const shape = axes.map(({ size }) => size);
    return [name, { dtype: "F32", shape, data: data as Float32Array }] as const;
  });
  writeFileSync(path, writeSafetensors({ tensors: new Map(stored), metadata: {} }));
}

/** Our step alone, and where it spends its time. */
async function alone(task: Task, threads: number): Promise<readonly OperatorTime[]> {
  const { ort, operatorTimes } = profiled(onnxruntime);
  const own = await ours(task, ort, threads);
  for (let step = 0; step < STEPS; step++) await own.step();
  const times = operatorTimes();
  await own.stop();
  return times;
}

const folder = mkdtempSync(join(tmpdir(), "maskwise-train-"));
const missing = missingTorch();
if (missing !== undefined) console.log(`bench/train: no peer: ${missing}.`);
for (const name of options.network.split(",")) {
  const task = taskOf(name, NETWORKS[name]);
  for (const threads of missing === undefined ? options.threads.split(",") : []) {
    await compare(task, folder, Number(threads));
  }
  const times = await alone(task, 1);
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  console.log(`${task.name}, threads 1, by operator: ${total.toFixed(0)} ms in kernels`);
  for (const { operator, ms, count } of times.slice(0, 12)) {
    const share = ((100 * ms) / total).toFixed(0).padStart(3);
    console.log(`${ms.toFixed(1).padStart(8)} ms ${share} %  ${operator} (${count})`);
  }
  console.log("");
}
rmSync(folder, { recursive: true });
