/** The example that learns in the page, in a real browser and in Node. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import ortWeb from "onnxruntime-web";
import { chromium } from "playwright-core";
import { build, type Rolldown } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { learn } from "../../examples/browser/learning.ts";
import { type Device, interpreterDevice, ortDevice } from "../../src/runtime/index.ts";
import { findChromium } from "./findChromium.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/browser/", import.meta.url));
const STEPS = 60;

/** What the example is built into, by path. */
async function builtFiles(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const configFile = `${EXAMPLE}vite.config.ts`;
  const built = await build({ configFile, logLevel: "error", build: { write: false } });
  const { output } = built as Rolldown.RolldownOutput;
  return new Map(
    output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
};

async function serve(files: ReadonlyMap<string, string | Uint8Array>): Promise<string> {
  const server = createServer(({ url = "/" }, answer) => {
    const path = url === "/" ? "/index.html" : url;
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "text/plain";
    answer.writeHead(files.has(path) ? 200 : 404, { "Content-Type": type });
    answer.end(files.get(path) ?? "");
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function lossesInPage(): Promise<readonly number[]> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("expected a Chromium. Set CHROMIUM_PATH to its executable.");
  const address = await serve(await builtFiles());
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(address);
  await page
    .getByText(`Step ${STEPS} of ${STEPS}`)
    .waitFor({ timeout: 90_000 })
    .catch(() => {});
  expect(errors).toEqual([]);
  return page.evaluate(() => (window as unknown as { losses: number[] }).losses);
}

async function lossesOn(device: Device): Promise<readonly number[]> {
  const losses: number[] = [];
  for await (const { loss } of learn(device, STEPS)) losses.push(loss);
  return losses;
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((loss, step) => Math.abs(loss - b[step])));
}

test("a network learns in the page as it does in Node", async () => {
  const inPage = await lossesInPage();
  expect(inPage).toHaveLength(STEPS);
  expect(inPage[STEPS - 1]).toBeLessThan(inPage[0] / 4);
  // The same kernels of the same build.
  const inNode = await lossesOn(ortDevice(ortWeb, { provider: "wasm", threads: 1 }));
  expect(apart(inPage, inNode)).toBeLessThan(1e-6);
  // Sums in another order: roundings of 24 bits that grow with every step.
  const interpreted = await lossesOn(interpreterDevice("float32"));
  expect(apart(inPage.slice(0, 10), interpreted.slice(0, 10))).toBeLessThan(1e-4);
}, 180_000);
