/**
 * The attention of the paper with ONNX Runtime, beside the released layer's computation in PyTorch.
 *
 *     npx tsx bench/attention.ts --tokens 256,1024,4096 --threads 1,2
 *
 * Both compute the same from the same numbers, in turns in one run: eight heads of 64 channels in
 * single precision. Printed are the best times, how many times as fast ours is, by the clock and by
 * the time that processors were busy with it (which others on the machine disturb less), the largest
 * difference between the answers, and how far each process's peak of memory rises. The peer is a transcription
 * of ours (bench/peers/attention.py) and needs Debian's python3-torch; PyTorch is only as fast as the
 * BLAS it finds, so have libopenblas0-pthread as well. Without PyTorch ours runs alone.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { loadOnnxRuntime } from "../src/node/index.ts";
import { type Device, ortDevice } from "../src/runtime/index.ts";
import {
  ALPHA,
  betaOf,
  CASES,
  type Case,
  CHANNELS,
  channelsFirst,
  drawn,
  GRADIENT_CASES,
  graphOf,
  HEADS,
} from "./attentionCases.ts";
import { least, timed } from "./timing.ts";
import type { Took } from "./torchPeer.ts";

const PYTHON = "/usr/bin/python3";

const { values: options } = parseArgs({
  options: {
    tokens: { type: "string", default: "256,1024,4096" },
    threads: { type: "string", default: "1,2" },
    only: { type: "string", default: "" },
    /** Of a child process that measures memory: the case's place in the list. */
    memory: { type: "string" },
  },
});
const ALL = [...CASES, ...GRADIENT_CASES];

/** A field of this process's status in MiB. */
function memory(field: "VmHWM" | "VmRSS"): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

interface PeerReply {
  readonly ms: readonly number[];
  readonly processorMs: readonly number[];
  readonly extraMiB: number;
}

interface Peer {
  ask(one: Case, tokens: number, runs: number, plainSoftmax?: boolean): Promise<PeerReply>;
  stop(): void;
}

function startPeer(threads: number, folder: string): Peer {
  const script = join(import.meta.dirname, "peers/attention.py");
  const child = spawn(PYTHON, [script, `${threads}`, folder], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      OMP_NUM_THREADS: `${threads}`,
      OPENBLAS_NUM_THREADS: `${threads}`,
      OMP_WAIT_POLICY: "PASSIVE",
    },
  });
  const lines = linesOf(child);
  return {
    ask: async (one, tokens, runs, plainSoftmax = false) => {
      const sizes = { heads: HEADS, channels: CHANNELS, tokens };
      const model = { alpha: ALPHA, beta: betaOf(one), ...one };
      child.stdin?.write(
        `${JSON.stringify({ ...sizes, ...model, runs, plainSoftmax, write: !plainSoftmax })}\n`,
      );
      return JSON.parse((await lines.next()).value ?? "null") as PeerReply;
    },
    stop: () => child.stdin?.end(),
  };
}

function linesOf({ stdout }: ChildProcess): AsyncIterator<string> {
  if (stdout === null) throw new TypeError("expected a child whose output can be read");
  return createInterface({ input: stdout })[Symbol.asyncIterator]();
}

interface Runner {
  run(): ReturnType<Device["run"]>;
  dispose(): Promise<void>;
}

/** Ours in this process. */
async function runner(one: Case, tokens: number, threads: number): Promise<Runner> {
  const device = ortDevice(await loadOnnxRuntime(), { threads });
  const { inputs } = drawn(tokens, one);
  const built = graphOf(tokens, one, inputs);
  const given = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => Object.hasOwn(built.inputs, name)),
  );
  return { run: () => device.run(built, given), dispose: () => device.dispose() };
}

function tookOf({ ms, processorMs }: PeerReply): Took[] {
  return ms.map((each, i) => ({ ms: each, cpuMs: processorMs[i] }));
}

/** How far the peak of memory rises while a fresh process runs ours once. */
async function printExtraMemory(place: number, tokens: number, threads: number): Promise<void> {
  const { run } = await runner(ALL[place], tokens, threads);
  const before = memory("VmRSS");
  await run();
  console.log(memory("VmHWM") - before);
}

function extraMemory(one: Case, tokens: number, threads: number): number {
  const [script] = process.argv.slice(1);
  const flags = ["--memory", `${ALL.indexOf(one)}`, "--tokens", `${tokens}`];
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, script, ...flags, "--threads", `${threads}`],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return Number(child.stdout);
}

function largestDifference(ours: Float32Array, theirs: Float32Array): number {
  let most = ours.length === theirs.length ? 0 : Number.NaN;
  for (let i = 0; i < ours.length; i++) {
    const difference = Math.abs(ours[i] - theirs[i]);
    if (!(difference <= most)) most = difference;
  }
  return most;
}

/** The peer's answer and gradients, one after another, and ours likewise. */
function differenceTo(
  results: Readonly<Record<string, { readonly data: ArrayLike<number> }>>,
  one: Case,
  tokens: number,
  folder: string,
): number {
  const names = one.backward ? ["out", "query", "key", "value"] : ["out"];
  const ours = names.map((name) => channelsFirst(Float32Array.from(results[name].data), tokens));
  const files = one.backward ? ["answer", "gradients"] : ["answer"];
  const theirs = files.flatMap((name) => [...floatsIn(join(folder, name))]);
  return largestDifference(
    Float32Array.from(ours.flatMap((part) => [...part])),
    Float32Array.from(theirs),
  );
}

function floatsIn(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** How often each is run in turn: long runs less often. */
const ROUNDS: Readonly<Record<number, number>> = { 256: 10, 1024: 3, 4096: 1 };

/** One row of the table. */
async function row(
  one: Case,
  tokens: number,
  threads: number,
  hasPeer: boolean,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "attention-"));
  drawn(tokens, one).writeTo(folder);
  const peer = hasPeer ? startPeer(threads, folder) : undefined;
  const mine = await runner(one, tokens, threads);
  const results = await mine.run();
  const ours: Took[] = [];
  const theirs: Took[] = [];
  const softmax: Took[] = [];
  let theirExtra = "";
  for (let round = 0; round < (ROUNDS[tokens] ?? 1); round++) {
    for (let i = 0; i < 3; i++) ours.push(await timed(mine.run));
    if (peer === undefined) continue;
    const reply = await peer.ask(one, tokens, 1);
    theirs.push(...tookOf(reply));
    if (round === 0) theirExtra = reply.extraMiB.toFixed(0);
    if (one.name === "plain") softmax.push(...tookOf(await peer.ask(one, tokens, 1, true)));
  }
  const difference = peer === undefined ? undefined : differenceTo(results, one, tokens, folder);
  peer?.stop();
  await mine.dispose();
  rmSync(folder, { recursive: true });
  const [us, them] = [least(ours), least(theirs)];
  return [
    `${tokens}`,
    `${threads}`,
    one.name,
    us.ms.toFixed(1),
    peer === undefined ? "" : them.ms.toFixed(1),
    peer === undefined ? "" : (them.ms / us.ms).toFixed(1),
    peer === undefined ? "" : (them.cpuMs / us.cpuMs).toFixed(1),
    softmax.length === 0 ? "" : least(softmax).ms.toFixed(1),
    extraMemory(one, tokens, threads).toFixed(0),
    theirExtra,
    difference?.toExponential(1) ?? "",
  ];
}

const COLUMNS = [
  "tokens",
  "threads",
  "case",
  "ours, ms",
  "layer, ms",
  "times as fast",
  "by processor time",
  "softmax attention, ms",
  "extra MiB, ours",
  "layer",
  "largest difference",
];

async function main(): Promise<void> {
  const sizes = options.tokens.split(",").map(Number);
  const threadCounts = options.threads.split(",").map(Number);
  if (options.memory !== undefined) {
    await printExtraMemory(Number(options.memory), sizes[0], threadCounts[0]);
    return;
  }
  const hasPeer = spawnSync(PYTHON, ["-c", "import torch"]).status === 0;
  if (!hasPeer) console.log("PyTorch is not there (Debian: apt-get install python3-torch).");

  console.log(`| ${COLUMNS.join(" | ")} |\n|${" --- |".repeat(COLUMNS.length)}`);
  const runs = threadCounts.flatMap((threads) => sizes.map((tokens) => ({ threads, tokens })));
  for (const { threads, tokens } of runs) {
    const cases = (tokens === 1024 ? ALL : CASES).filter(({ name }) => name.includes(options.only));
    for (const one of cases) {
      console.log(`| ${(await row(one, tokens, threads, hasPeer)).join(" | ")} |`);
    }
  }
}

await main();
