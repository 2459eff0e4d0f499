/**
 * How smoothly the stage moves: headless Chromium, a window of 3840×2160 with a photo of that size and
 * 1,000 shapes on it in 250 colours, all outlined, moved and zoomed as fast as frames come.
 *
 *     npm run build && npx tsx bench/stageFrames.ts [width height]
 *
 * "frames" is how many the browser showed in a second, "page" how long the page's own part of a frame
 * took. Without a GPU everything is drawn by the CPU, the browser's own part too; the first line, a
 * canvas of the same size on which one pixel changes, says what that leaves.
 */

import type { Page } from "playwright-core";
import { openAnnotator } from "./openAnnotator.ts";

const [width = 3840, height = 2160] = process.argv.slice(2).map(Number);
const SHAPES = 1000;
const LABELS = 250;
const FRAMES = 120;

interface Frames {
  /** From one frame to the next, in milliseconds. */
  readonly between: readonly number[];
  /** What the page did in each. */
  readonly page: readonly number[];
}

const { browser, page, annotator } = await openAnnotator({ width, height });

/** Put a photo of the window's size on the stage, with discs for shapes. */
async function furnish(page: Page): Promise<void> {
  await annotator.element.evaluate(
    async (element, { width, height, shapes, labels }) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d");
      const stage = element.shadowRoot?.querySelector("maskwise-stage");
      if (!pen || !stage) throw new Error("expected a stage");
      const mask = new Uint8Array(width * height);
      const columns = Math.ceil(Math.sqrt((shapes * width) / height));
      const step = width / columns;
      for (let i = 0; i < shapes; i++) {
        const x = (i % columns) * step + step / 2;
        const y = Math.floor(i / columns) * step + step / 2;
        const radius = step * (0.3 + 0.15 * Math.sin(i));
        pen.fillStyle = `hsl(${(i * 37) % 360} 60% 50%)`;
        pen.fillRect(x - step / 2, y - step / 2, step, step);
        for (
          let row = Math.max(0, Math.ceil(y - radius));
          row < Math.min(height, y + radius);
          row++
        ) {
          const half = Math.sqrt(Math.max(0, radius ** 2 - (row - y) ** 2));
          mask.fill(
            1 + (i % labels),
            row * width + Math.ceil(x - half),
            row * width + Math.ceil(x + half),
          );
        }
      }
      const names = Array.from({ length: labels + 1 }, (_, i) => (i === 0 ? "background" : `${i}`));
      const colours = new Map(
        names
          .slice(1)
          .map((name, i) => [
            name,
            `#${(((i * 65_793) % 0xffffff) | 0x404040).toString(16).padStart(6, "0")}`,
          ]),
      );
      Object.assign(stage, {
        shown: {
          width,
          height,
          photo: { width, height },
          pieces: [{ bitmap: canvas.transferToImageBitmap(), x: 0, y: 0, width, height }],
          reduced: undefined,
        },
        segmentation: {
          labels: names,
          mask: { width, height, data: mask },
          uncertainty: { width, height, data: new Float32Array(width * height) },
        },
        colours,
      });
      await (stage as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    },
    { width, height, shapes: SHAPES, labels: LABELS },
  );
  await page.waitForTimeout(3000);
}

type Motion = "nothing" | "pan" | "zoom";

/** Move a little in every frame. */
function watch(motion: Motion): Promise<Frames> {
  return annotator.element.evaluate(
    async (element, { motion, frames }) => {
      const stage = element.shadowRoot?.querySelector("maskwise-stage") as unknown as {
        viewport: { pan(dx: number, dy: number): void; zoom(factor: number): void };
        shadowRoot: ShadowRoot;
      };
      const canvas = stage.shadowRoot.querySelector("canvas");
      const between: number[] = [];
      const page: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let i = 0; i < frames; i++) {
        const turn = Math.floor(i / 30) % 2 === 0 ? 1 : -1;
        if (motion === "pan") stage.viewport.pan(9 * turn, 5 * turn);
        else if (motion === "zoom") stage.viewport.zoom(1.02 ** turn);
        else canvas?.getContext("2d")?.fillRect(0, 0, 1, 1);
        // The page's work is done in the frames that it asked for before this one.
        const now = await new Promise<number>((shown) => requestAnimationFrame(shown));
        page.push(performance.now() - now);
        between.push(now - last);
        last = now;
      }
      return { between, page };
    },
    { motion, frames: FRAMES },
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

await furnish(page);
for (const motion of ["nothing", "pan", "zoom"] as const) {
  const { between, page: own } = await watch(motion);
  const worst = between.toSorted((a, b) => b - a)[Math.floor(between.length / 20)];
  console.log(
    `${width}×${height}, ${motion}: ${(1000 / mean(between)).toFixed(0)} frames a second, ` +
      `one in twenty after more than ${worst.toFixed(0)} ms; page ${mean(own).toFixed(1)} ms a frame`,
  );
}
await browser.close();
