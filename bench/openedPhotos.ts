/**
 * Whether memory stays where it is while photos are opened: headless Chromium, 200 photos of 1600×1200
 * shown one after the other, each encoded by the colour model. What the page's process holds at the
 * end, relative to that after a quarter of the way: 1.10 is the most that is no leak.
 *
 *     npm run build && npx tsx bench/openedPhotos.ts [photos]
 */

import { readFileSync } from "node:fs";
import sharp from "sharp";
import { shapes } from "../test/app/shapes.ts";
import { openAnnotator } from "./openAnnotator.ts";

if (process.platform !== "linux") {
  console.log("skipped: needs Linux, whose memory it reads");
  process.exit(0);
}
const [count = 200] = process.argv.slice(2).map(Number);
const { width, height, data } = shapes(5);
const raw = { width, height, channels: 4 } as const;
const buffer = await sharp(data, { raw }).jpeg().toBuffer();

const { browser, page, annotator } = await openAnnotator(
  { width: 1280, height: 800 },
  "--js-flags=--expose-gc",
);
const system = await browser.newBrowserCDPSession();

/** Resident memory of all processes that run pages, in MB, after what nobody needs was thrown away. */
async function resident(): Promise<number> {
  await page.evaluate(async () => {
    for (let i = 0; i < 3; i++) {
      (globalThis as unknown as { gc?(): void }).gc?.();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  let pages = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    pages += Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * 4096;
  }
  return pages / 1e6;
}

const names = Array.from({ length: count }, (_, i) => `photo ${i + 1}.jpg`);
await annotator.choose(...names.map((name) => ({ name, mimeType: "image/jpeg", buffer })));
const early = Math.ceil(count / 4);
let before = 0;
for (let shown = 1; shown <= count; shown++) {
  if (shown === early) before = await resident();
  if (shown % 25 === 0) console.log(`${shown} photos: ${(await resident()).toFixed(0)} MB`);
  if (shown < count) await annotator.press("d");
}
const after = await resident();
console.log(
  `${count} photos of ${width}×${height}: ${before.toFixed(0)} MB after ${early}, ${after.toFixed(0)} MB at ` +
    `the end: × ${(after / before).toFixed(3)}`,
);
await browser.close();
