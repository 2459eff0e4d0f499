/**
 * A click's time and worth beside OpenCV's GrabCut, in one run on the same photos.
 *
 *     npx tsx bench/click.ts --model small --max 12 --clicks 20
 *
 * Each photo is annotated twice by the same simulated annotator, once by the model and once by the
 * peer, and the model's clicks are given to the peer again, click by click, for the ratio of times.
 * Needs ../shared/data and Debian's python3-opencv; says so where one is missing.
 */

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Click, OBJECT } from "../src/clicks/index.ts";
import { evaluationRows, evaluationSamples, scene } from "../src/data/index.ts";
import { type Annotation, annotate, sampleOf, summary, TARGETS } from "../src/evaluate/index.ts";
import { readMaskFile } from "../src/formats/index.ts";
import { dataFiles, deviceFor, openModel } from "../src/node/index.ts";
import { newSession, openPicture, type Segmenter, sayAll, state } from "../src/session/index.ts";

const PYTHON = "/usr/bin/python3";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "small" },
    set: { type: "string", default: "grabcut" },
    max: { type: "string", default: "12" },
    clicks: { type: "string", default: "20" },
    threads: { type: "string", default: "2" },
    data: { type: "string", default: "../shared/data/evaluation" },
  },
});
const folder = resolve(import.meta.dirname, "..", options.data);

function missing(): string | undefined {
  if (!existsSync(folder)) return `there is no ${options.data}`;
  const cv2 = spawnSync(PYTHON, ["-c", "import cv2"]).status === 0;
  return cv2
    ? undefined
    : "OpenCV for Python is not there (Debian: apt-get install python3-opencv)";
}

interface PeerReply {
  readonly ms: number;
  readonly mask: string;
  readonly version: string;
}

function startPeer() {
  const script = join(import.meta.dirname, "peers/grabCut.py");
  const child = spawn(PYTHON, [script, options.threads], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (image: string, clicks: readonly Click[]): Promise<PeerReply> => {
      const said = clicks.map(({ at, says }) => [at.x, at.y, says === OBJECT ? 1 : 0]);
      child.stdin.write(`${JSON.stringify({ image, clicks: said })}\n`);
      return JSON.parse((await lines.next()).value ?? "null") as PeerReply;
    },
    stop: () => child.stdin.end(),
  };
}

type Peer = ReturnType<typeof startPeer>;

/** GrabCut as a segmenter, so that the same loop runs both. */
function peerSegmenter(peer: Peer, image: string, width: number, height: number): Segmenter {
  const plane = { width, height, data: new Float32Array(width * height) };
  return {
    width,
    height,
    segment: async (session) => {
      const prompts = [...state(session).prompts.values()].filter(({ kind }) => kind === "click");
      const reply = await peer.ask(image, prompts as readonly Click[]);
      const { mask } = readMaskFile(new Uint8Array(Buffer.from(reply.mask, "base64")));
      return {
        width,
        height,
        labels: state(session).labels,
        mask,
        uncertainty: plane,
        probability: () => plane,
      };
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function numbersOfClicks(annotations: readonly Annotation[]): string {
  const { noc, miou } = summary(annotations.map((one, i) => sampleOf(`${i}`, one)));
  const clicks = TARGETS.map((target) => `NoC@${target} ${noc[target].toFixed(2)}`).join("  ");
  return `${clicks}  mIoU@1 ${(100 * (miou[0] ?? 0)).toFixed(1)} %`;
}

async function main(): Promise<void> {
  const peer = startPeer();
  const edge = dataFiles(folder);
  const rows = (await evaluationRows(edge))
    .filter(({ set }) => set === options.set)
    .slice(0, Number(options.max));
  const settings = { clicks: Number(options.clicks), now: () => performance.now() };
  const ours: Annotation[] = [];
  const theirs: Annotation[] = [];
  const peerMs: number[] = [];
  let version = "";
  for await (const sample of evaluationSamples(rows, edge)) {
    const row = rows.find(({ id }) => id === sample.id);
    const image = join(folder, row?.image ?? "");
    const { width, height } = sample.picture;
    const one = await annotate(sample, (picture) => openPicture(picture, model, { run }), settings);
    ours.push(one);
    for (let k = 1; k <= one.clicks.length; k++) {
      const reply = await peer.ask(image, one.clicks.slice(0, k));
      peerMs.push(reply.ms);
      version = reply.version;
    }
    theirs.push(
      await annotate(sample, async () => peerSegmenter(peer, image, width, height), settings),
    );
    process.stderr.write(`${ours.length}/${rows.length} ${sample.id}\n`);
  }
  peer.stop();
  const ourMs = ours.flatMap(({ clickMs }) => clickMs);
  console.log(
    `${options.set}, ${ours.length} photos, ${ourMs.length} clicks; OpenCV ${version}, ${options.threads} threads`,
  );
  console.log(`${options.model.padEnd(8)} ${numbersOfClicks(ours)}`);
  console.log(`GrabCut  ${numbersOfClicks(theirs)}`);
  console.log(`open     median ${median(ours.map(({ openMs }) => openMs)).toFixed(0)} ms`);
  console.log(
    `click    median ${median(ourMs).toFixed(0)} ms, GrabCut ${median(peerMs).toFixed(0)} ms on the same clicks`,
  );
  console.log(`         ${(median(peerMs) / median(ourMs)).toFixed(1)} times faster`);
}

/** One photo of 640×480 with up to ten clicks: what a person waits for. */
async function atLeisure(): Promise<void> {
  const { picture, truth } = scene(13);
  const segmenter = await openPicture(picture, model, { run });
  const clicks: Click[] = [];
  const ms: number[] = [];
  truth.data.forEach((label, at) => {
    if (clicks.length >= 10 || at % 30_011 !== 0) return;
    const [x, y] = [at % picture.width, Math.floor(at / picture.width)];
    clicks.push({
      kind: "click",
      at: { unit: "pixel", x, y },
      says: label === 1 ? OBJECT : "background",
    });
  });
  for (let k = 1; k <= clicks.length; k++) {
    const started = performance.now();
    await segmenter.segment(sayAll(newSession(picture), clicks.slice(0, k)));
    ms.push(performance.now() - started);
  }
  console.log(`640×480  click median ${median(ms).toFixed(0)} ms of ${ms.length}`);
}

const name = options.model;
const model = await openModel(name);
const { run, dispose } = await deviceFor(name, undefined, {
  threads: Number(options.threads),
});
const problem = missing();
if (problem !== undefined) console.log(`skipped the peer: ${problem}`);
else await main();
await atLeisure();
await dispose();
