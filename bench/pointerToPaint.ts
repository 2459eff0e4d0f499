/**
 * How soon the page follows the pointer while the segmenter works: headless Chromium, the brush moved
 * over a photo of 640×480 while that is encoded and its masks are worked out.
 *
 *     npm run build && npx tsx bench/pointerToPaint.ts [width height]
 *
 * From when the browser knew of the pointer to when the frame that shows it there had been drawn.
 * The bar is 50 ms. "at rest" is the same with nothing to work out.
 */

import { encode } from "fast-png";
import { scene } from "../src/data/index.ts";
import { openAnnotator } from "./openAnnotator.ts";

const [width = 1280, height = 800] = process.argv.slice(2).map(Number);
const MOVES = 120;

const { browser, page, annotator } = await openAnnotator({ width, height });
await annotator.press("s");
await page.evaluate(() => {
  const { port1, port2 } = new MessageChannel();
  const times: number[] = [];
  const moved: number[] = [];
  // After a frame has been drawn, the message sent at its beginning is the next thing.
  port2.onmessage = () => {
    for (const at of moved.splice(0)) times.push(performance.now() - at);
  };
  addEventListener(
    "pointermove",
    ({ timeStamp }) => {
      if (moved.push(timeStamp) > 1) return;
      requestAnimationFrame(() => port1.postMessage(undefined));
    },
    { capture: true },
  );
  Object.assign(window, { times });
});

async function wave(): Promise<void> {
  for (let i = 0; i < MOVES; i++) {
    const [x, y] = [320 + 200 * Math.cos(i / 9), 240 + 150 * Math.sin(i / 7)];
    await annotator.moveTo(x, y);
    await page.waitForTimeout(8);
  }
}

async function report(what: string): Promise<void> {
  const times = await page.evaluate(() =>
    (window as unknown as { times: number[] }).times.splice(0).toSorted((a, b) => a - b),
  );
  const at = (share: number): string =>
    (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
  console.log(
    `${width}×${height}, ${what}: median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, ${times.length} frames`,
  );
}

await wave();
await report("at rest");
const buffer = Buffer.from(encode({ ...scene(13).picture, channels: 3 }));
await Promise.all([annotator.choose({ name: "13.png", mimeType: "image/png", buffer }), wave()]);
await report("while a photo is encoded");
for (let i = 0; i < 4; i++) {
  const at = await annotator.place(200 + 60 * i, 200 + 30 * i);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.up();
  await wave();
}
await report("while masks are worked out");
await browser.close();
