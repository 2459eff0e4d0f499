/**
 * The attention of the paper with ONNX Runtime, beside the released layer's computation in PyTorch.
 *
 *     npx tsx bench/attention.ts --tokens 256,1024,4096 --threads 1,2
 *
 * Both compute the same from the same numbers, in turns in one run: eight heads of 64 channels in
 * single precision. Printed are the medians, how many times as fast ours is, the largest difference
 * between the answers, and how far each process's peak of memory rises. The peer is a transcription
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
import { ortDevice } from "../src/runtime/index.ts";
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
    env: { ...process.env, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` },
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

/** Ours in this process: one run and its results. */
async function runner(one: Case, tokens: number, threads: number) {
  const device = ortDevice(await loadOnnxRuntime(), { threads });
  const { inputs } = drawn(tokens, one);
  const built = graphOf(tokens, one, inputs);
  const given = Object.fromEntries(
    Object.entries(inputs).filter(([name]) => Object.hasOwn(built.inputs, name)),
  );
  return {
    run: () => device.run(built, given),
    dispose: () => device.dispose(),
  };
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

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
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

/** How often each is run: long runs less often. */
const ROUNDS: Readonly<Record<number, number>> = { 256: 15, 1024: 5, 4096: 2 };

async function compare(one: Case, tokens: number, threads: number, hasPeer: boolean) {
  const folder = mkdtempSync(join(tmpdir(), "attention-"));
  drawn(tokens, one).writeTo(folder);
  const peer = hasPeer ? startPeer(threads, folder) : undefined;
  const { run, dispose } = await runner(one, tokens, threads);
  const results = await run();
  const first = await peer?.ask(one, tokens, 1);
  const [ours, theirs, softmax]: number[][] = [[], [], []];
  for (let round = 0; round < (ROUNDS[tokens] ?? 2); round++) {
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await run();
      ours.push(performance.now() - start);
    }
    if (peer === undefined) continue;
    theirs.push(...(await peer.ask(one, tokens, 1)).ms);
    if (one.keySteps + one.valueSteps === 0) {
      softmax.push(...(await peer.ask(one, tokens, 1, true)).ms);
    }
  }
  const difference = peer === undefined ? undefined : differenceTo(results, one, tokens, folder);
  peer?.stop();
  await dispose();
  rmSync(folder, { recursive: true });
  const extra = extraMemory(one, tokens, threads);
  return { ours, theirs, softmax, difference, extra, theirExtra: first?.extraMiB };
}

async function main(): Promise<void> {
  const sizes = options.tokens.split(",").map(Number);
  const threadCounts = options.threads.split(",").map(Number);
  if (options.memory !== undefined) {
    await printExtraMemory(Number(options.memory), sizes[0], threadCounts[0]);
    return;
  }
  const hasPeer = spawnSync(PYTHON, ["-c", "import torch"]).status === 0;
  if (!hasPeer) console.log("PyTorch is not there (Debian: apt-get install python3-torch).");
  console.log(
    "| tokens | threads | case | ours, ms | layer, ms | times as fast | softmax attention, ms | extra MiB, ours | layer | largest difference |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const threads of threadCounts) {
    for (const tokens of sizes) {
      for (const one of tokens === 1024 ? ALL : CASES) {
        if (!one.name.includes(options.only)) continue;
        const { ours, theirs, softmax, ...rest } = await compare(one, tokens, threads, hasPeer);
        const ms = (times: readonly number[]): string =>
          times.length === 0 ? "" : median(times).toFixed(1);
        const cells = [
          tokens,
          threads,
          one.name,
          ms(ours),
          ms(theirs),
          theirs.length === 0 ? "" : (median(theirs) / median(ours)).toFixed(1),
          ms(softmax),
          rest.extra.toFixed(0),
          rest.theirExtra?.toFixed(0) ?? "",
          rest.difference?.toExponential(1) ?? "",
        ];
        console.log(`| ${cells.join(" | ")} |`);
      }
    }
  }
}

await main();
