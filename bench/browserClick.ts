/**
 * What a person waits for in the annotator as built: headless Chromium, photos of 640×480, from the
 * file and the mouse to the mask.
 *
 *     npm run build && npx tsx bench/browserClick.ts [photo…]
 *
 * Starting counts from the address to the sample scene, encoded: the page, weights and ONNX Runtime
 * are fetched and compiled. The first click counts from the file of a photo: decoded, encoded, click
 * answered. Without photos, scenes are drawn. The networks run in WebAssembly on one thread; the
 * colour model in the same run is for comparison. Bars for the default: first click 1500 ms, next
 * ones 150 ms.
 */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { encode } from "fast-png";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { scene } from "../src/data/index.ts";
import { modelNames } from "../src/models/index.ts";
import { serveAnnotator } from "../src/server/index.ts";
import { Annotator, type FileToOpen } from "../test/app/annotator.ts";
import { builtPage } from "./builtPage.ts";

const { html, executablePath } = builtPage();

/** As shares of the photo's sides. */
const CLICKS: readonly (readonly [number, number, "left" | "right"])[] = [
  [0.5, 0.5, "left"],
  [0.03, 0.04, "right"],
  [0.47, 0.42, "left"],
  [0.94, 0.92, "right"],
  [0.53, 0.58, "left"],
  [0.06, 0.92, "right"],
  [0.44, 0.5, "left"],
  [0.94, 0.08, "right"],
  [0.5, 0.62, "left"],
  [0.16, 0.5, "right"],
];

const photos: readonly FileToOpen[] =
  process.argv.length > 2
    ? process.argv.slice(2).map((path) => ({
        name: basename(path),
        mimeType: "image/*",
        buffer: readFileSync(path),
      }))
    : [13, 14, 15].map((seed) => ({
        name: `scene ${seed}.png`,
        mimeType: "image/png",
        buffer: Buffer.from(encode({ ...scene(seed).picture, channels: 3 })),
      }));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const median = (ms: readonly number[]): number =>
  ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)];

async function measure(model: string, browser: Browser): Promise<void> {
  const served = await serveAnnotator({ page: html, model });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const annotator = new Annotator(page);
  const starting = await timed(async () => {
    await page.goto(served.url);
    await annotator.settled();
  });
  console.log(`${model}: starting ${starting.toFixed(0)} ms`);
  for (const photo of photos) {
    const opening = await timed(() => annotator.choose(photo));
    const { width, height } = await sharp(photo.buffer).metadata();
    const ms: number[] = [];
    for (const [x, y, button] of CLICKS) {
      const at = [Math.floor(x * width), Math.floor(y * height)] as const;
      ms.push(await timed(() => annotator.click(...at, { button })));
    }
    const [first, ...next] = ms;
    console.log(
      `  ${photo.name}, ${width}×${height}: first click, with opening, ${(opening + first).toFixed(0)} ms; ` +
        `next clicks median ${median(next).toFixed(0)} ms, most ${Math.max(...next).toFixed(0)} ms`,
    );
  }
  await page.close();
  await served.close();
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const name of modelNames) await measure(name, browser);
await browser.close();
