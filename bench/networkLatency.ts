/**
 * What a person waits for: opening a photo of 640×480 with a network, the first click and the next.
 *
 *     npx tsx bench/networkLatency.ts --network small --threads 2
 *
 * The first click counts from the pixels to the mask: graphs are made and compiled, the photo is
 * encoded, the click answered. The same once more on another photo is what it costs when graphs are
 * there. The encoder alone is its graph, compiled, from planes to features. Weights are random, which takes
 * as long. Bars: first click 400 ms, next ones 60 ms.
 */

import { parseArgs } from "node:util";
import { BACKGROUND, type Click, OBJECT } from "../src/clicks/index.ts";
import { scene } from "../src/data/index.ts";
import {
  CONFIGURATIONS,
  type NetworkConfiguration,
  network,
  networkModel,
} from "../src/models/index.ts";
import { networkGraphs } from "../src/models/network/networkGraphs.ts";
import { workingSize } from "../src/models/workingSize.ts";
import { initialise } from "../src/nn/index.ts";
import { type DeviceName, openDevice } from "../src/node/index.ts";
import { newSession, openPicture, sayAll } from "../src/session/index.ts";
import { tensor } from "../src/tensor/hostTensor.ts";
import { randomNumbers } from "../src/tensor/random.ts";

const { values: options } = parseArgs({
  options: {
    network: { type: "string", default: "small" },
    device: { type: "string", default: "cpu" },
    threads: { type: "string", default: "2" },
    clicks: { type: "string", default: "20" },
  },
});

const configuration = Object.values(CONFIGURATIONS).find(({ name }) => name === options.network);
if (configuration === undefined) {
  throw new RangeError(
    `--network: expected one of ${Object.keys(CONFIGURATIONS).join(", ")}, got "${options.network}".`,
  );
}

const device = await openDevice(options.device as DeviceName, { threads: Number(options.threads) });
const numbers = initialise(network(configuration).parameters, randomNumbers(1));
const model = networkModel(configuration, numbers);
const random = randomNumbers(2);

const median = (ms: readonly number[]): number =>
  ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)];

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

/** The graph that sees, compiled: how long it runs. */
async function encoderMs(configuration: NetworkConfiguration): Promise<number> {
  const size = workingSize({ width: 640, height: 480 }, configuration.side);
  const { encode } = networkGraphs(configuration, numbers).seeing(size);
  const { width, height } = size;
  const planes = Float32Array.from({ length: 3 * height * width }, () => random());
  const image = tensor({ batch: 1, channels: 3, height, width }, planes);
  const ms: number[] = [];
  for (let i = 0; i < 12; i++) ms.push((await timed(() => device.run(encode, { image })))[1]);
  return median(ms.slice(2));
}

/** @returns the first click, with opening, and the next ones. */
async function annotated(seed: number): Promise<readonly [number, number]> {
  const { picture } = scene(seed);
  const clicks = Array.from({ length: Number(options.clicks) }, (_, i): Click => {
    const x = Math.floor(random() * picture.width);
    const y = Math.floor(random() * picture.height);
    return { kind: "click", at: { unit: "pixel", x, y }, says: i % 3 < 2 ? OBJECT : BACKGROUND };
  });
  const [segmenter, openMs] = await timed(() => openPicture(picture, model, device));
  const ms: number[] = [];
  for (let k = 1; k <= clicks.length; k++) {
    const session = sayAll(newSession(picture), clicks.slice(0, k));
    ms.push((await timed(() => segmenter.segment(session)))[1]);
  }
  const [first, ...next] = ms;
  console.log(
    `${picture.width}×${picture.height}  open ${openMs.toFixed(0)} ms, with first click ${(openMs + first).toFixed(0)} ms; ` +
      `next clicks median ${median(next).toFixed(0)} ms, least ${Math.min(...next).toFixed(0)} ms, most ${Math.max(...next).toFixed(0)} ms`,
  );
  return [openMs + first, median(next)];
}

console.log(`${configuration.name} on ${device.name}, ${options.threads} threads`);
const [, ...others] = [await annotated(13), await annotated(14), await annotated(15)];
// After the first photo, for which it is compiled.
const encoder = await encoderMs(configuration);
const ratio = (of: 0 | 1) => (median(others.map((each) => each[of])) / encoder).toFixed(2);
console.log(
  `the encoder alone: ${encoder.toFixed(0)} ms; first click with opening ${ratio(0)} times as long, next clicks ${ratio(1)}`,
);
await device.dispose();
