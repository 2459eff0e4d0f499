/**
 * Which device the page computes on. Chromium has no graphics card here: in its place stands ONNX
 * Runtime's WebAssembly once more, made to look fast, wrong or lost.
 */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing, PAGE, serveStatically } from "./browsing.ts";
import { DISC, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

const ORT = createRequire(import.meta.url).resolve("onnxruntime-web/wasm");
const WASM = readdirSync(dirname(PAGE)).find((name) => /threaded-.*\.wasm$/.test(name));

/** A build of ONNX Runtime whose "webgpu" takes no time; `bend` alters each number it answers. */
const runtime = (bend: string): string => `
import * as real from "./real-ort.mjs";
real.env.wasm.wasmPaths = { wasm: new URL("./${WASM}", import.meta.url).href };
real.env.wasm.numThreads = 1;
export const { Tensor } = real;
export const env = { versions: real.env.versions, wasm: {} };
const now = performance.now.bind(performance);
let spent = 0;
performance.now = () => now() - spent;
const bend = ${bend};
export const InferenceSession = {
  create: async (bytes) => {
    const session = await real.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
    return {
      release: () => session.release(),
      run: async (feeds) => {
        if (globalThis.isLost) throw new Error("the graphics card is gone");
        const begun = now();
        const results = await session.run(feeds);
        for (const [name, { type, data, dims }] of Object.entries(results)) {
          if (type === "float32") results[name] = new Tensor(type, data.map(bend), dims);
        }
        spent += now() - begun;
        return results;
      },
    };
  },
};`;

/** The page where there is a graphics card. */
async function startWithCard(bend = "(value) => value"): Promise<Annotator> {
  const { url, close } = await serveStatically({
    "ort.webgpu": Buffer.from(runtime(bend)),
    "real-ort": readFileSync(ORT.replace(/[^/]+$/, "ort.wasm.bundle.min.mjs")),
    "ort-wasm-simd-threaded.asyncify": new Uint8Array(1),
  });
  onTestFinished(close);
  // What is kept offline is held to its hashes, and these files are not what was built.
  const annotator = await start({ address: `${url}#model=colour`, serviceWorkers: "block" });
  await annotator.page.addInitScript(() => {
    const RealWorker = window.Worker;
    Object.assign(window, {
      Worker: class {
        constructor(address: string, options: WorkerOptions) {
          const card = `{ requestAdapter: async () => ({ info: { vendor: "tests" } }) }`;
          const script = `Object.defineProperty(navigator, "gpu", { value: ${card} });
            importScripts(${JSON.stringify(address)});`;
          // biome-ignore lint/correctness/noConstructorReturn: it stands in for another class
          return new RealWorker(URL.createObjectURL(new Blob([script])), options);
        }
      },
    });
  });
  await annotator.page.goto("about:blank");
  await annotator.page.goto(url);
  await annotator.choose(shapesPng());
  return annotator;
}

function told(annotator: Annotator): Promise<string | null> {
  return annotator.element.locator("[data-device]").textContent();
}

/** Wait for the verdict, and open another photo, which goes by it. */
async function openAfterVerdict(annotator: Annotator, name: string): Promise<void> {
  await expect
    .poll(
      () =>
        annotator.page.evaluate(async () => {
          const store = await caches.open("maskwise-devices");
          return (await store.keys()).length;
        }),
      { timeout: 120_000 },
    )
    .toBe(1);
  await annotator.choose(shapesPng(name));
}

test("the first photo does not wait for a comparison; the next is on the faster device, and so after a reload", async () => {
  const annotator = await startWithCard();
  expect(await told(annotator)).toMatch(/small.*WebAssembly\s*$/);
  await annotator.click(...DISC);
  const before = await annotator.mask();
  await openAfterVerdict(annotator, "two.png");
  expect(await told(annotator)).toMatch(/WebGPU \(\d+ ms against \d+ ms in WebAssembly\)/);
  await annotator.click(...DISC);
  const after = await annotator.mask();
  const apart = after?.data.filter((value, at) => value !== before?.data[at]).length;
  expect(apart).toBeLessThan(after ? after.data.length / 1000 : 0);

  await annotator.page.reload();
  await annotator.choose(shapesPng());
  expect(await told(annotator)).toContain("WebGPU");
}, 300_000);

test("a device that answers otherwise is not taken, and that is said", async () => {
  const annotator = await startWithCard("(value) => 0.5 * value");
  await openAfterVerdict(annotator, "two.png");
  expect(await told(annotator)).toContain("WebGPU answers otherwise here");
  await annotator.click(...RECTANGLE);
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object");
}, 300_000);

test("a graphics card that is lost costs no click: WebAssembly goes on", async () => {
  const annotator = await startWithCard();
  await openAfterVerdict(annotator, "two.png");
  expect(await told(annotator)).toContain("WebGPU (");
  await annotator.click(...DISC);
  const [worker] = annotator.page.workers();
  await worker?.evaluate(() => {
    Object.assign(globalThis, { isLost: true });
  });
  await annotator.click(...RECTANGLE);
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object");
  expect(await told(annotator)).toMatch(/WebGPU failed here: .*the graphics card is gone/);
}, 300_000);
