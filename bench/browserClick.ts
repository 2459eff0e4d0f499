/**
 * How long a click takes in headless Chromium: from the mouse to the mask, in the annotator as
 * built, on a photo of 640×480.
 *
 *     npm run build && npx tsx bench/browserClick.ts [photo]
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { Annotator } from "../test/app/annotator.ts";
import { findChromium } from "../test/app/findChromium.ts";

const PAGE = fileURLToPath(new URL("../dist/app/index.html", import.meta.url));
const executablePath = findChromium();
if (!executablePath || !existsSync(PAGE)) {
  console.log("skipped: needs a Chromium (CHROMIUM_PATH) and the built page (npm run build)");
  process.exit(0);
}

const CLICKS: readonly (readonly [number, number, "left" | "right"])[] = [
  [320, 240, "left"],
  [20, 20, "right"],
  [300, 200, "left"],
  [600, 440, "right"],
  [340, 280, "left"],
  [40, 440, "right"],
  [280, 240, "left"],
  [600, 40, "right"],
  [320, 300, "left"],
  [100, 240, "right"],
];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const annotator = new Annotator(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
await annotator.page.goto(pathToFileURL(PAGE).href);
const [photo] = process.argv.slice(2);
const opening = performance.now();
if (photo) {
  await annotator.choose({ name: "photo", mimeType: "image/*", buffer: await readFile(photo) });
}
await annotator.settled();
console.log(
  `open     ${(performance.now() - opening).toFixed(0)} ms${photo ? "" : " (sample scene)"}`,
);
const ms: number[] = [];
for (const [x, y, button] of CLICKS) {
  const started = performance.now();
  await annotator.click(x, y, { button });
  ms.push(performance.now() - started);
}
ms.sort((a, b) => a - b);
console.log(
  `click    median ${ms[ms.length >> 1].toFixed(0)} ms, worst ${ms[ms.length - 1].toFixed(0)} ms of ${ms.length}`,
);
await browser.close();
