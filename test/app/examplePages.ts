/** The pages of `examples/browser`, built and opened as a web server would bring them. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build, type Rolldown } from "vite";
import { expect, onTestFinished } from "vitest";
import { findChromium } from "./findChromium.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/browser/", import.meta.url));

/** What the pages are built into, by path. */
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
    const type = TYPES[url.slice(url.lastIndexOf(".") + 1)] ?? "text/plain";
    answer.writeHead(files.has(url) ? 200 : 404, { "Content-Type": type });
    answer.end(files.get(url) ?? "");
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Open a page, such as `learning.html`, and wait until it says that it is done. */
export async function donePage(name: string, done: string | RegExp): Promise<Page> {
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
  await page.goto(`${address}${name}`);
  await page
    .getByText(done)
    .waitFor({ timeout: 90_000 })
    .catch(() => {});
  expect(errors).toEqual([]);
  return page;
}
