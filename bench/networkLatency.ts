/**
 * What a person waits for: opening a photo of 640×480 with a network, the first click and the next.
 *
 *     npx tsx bench/networkLatency.ts --network small --threads 2
 *
 * The first click counts from the pixels to the mask: graphs are made and compiled, the photo is
 * encoded, the click answered. The same once more on another photo is what it costs when graphs are
 * there. Weights are random, which takes as long. Bars: first click 400 ms, next ones 60 ms.
 */

import { parseArgs } from "node:util";
import { BACKGROUND, type Click, OBJECT } from "../src/clicks/index.ts";
import { scene } from "../src/data/index.ts";
import { CONFIGURATIONS, network, networkModel } from "../src/models/index.ts";
import { initialise } from "../src/nn/index.ts";
import { type DeviceName, openDevice } from "../src/node/index.ts";
import { newSession, openPicture, sayAll } from "../src/session/index.ts";
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

async function annotated(seed: number): Promise<void> {
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
}

console.log(`${configuration.name} on ${device.name}, ${options.threads} threads`);
for (const seed of [13, 14, 15]) await annotated(seed);
await device.dispose();
