/** Browsers for tests, and the places that the page can come from. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { Annotator, type FileToOpen } from "./annotator.ts";
import { findChromium } from "./findChromium.ts";

/** The one file that the build makes. */
const PAGE = fileURLToPath(new URL("../../dist/app/index.html", import.meta.url));

/** The page opened from the disk. */
export const PAGE_ON_DISK: string = pathToFileURL(PAGE).href;

const QUIET = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("expected a Chromium. Set CHROMIUM_PATH to its executable.");
  if (!existsSync(PAGE)) throw new Error(`expected ${PAGE}. Build it with "npm run build".`);
  return chromium.launch({ executablePath, args: QUIET });
}

export interface StartOptions extends BrowserContextOptions {
  /** @default the page on the disk */
  readonly address?: string;
  /** Photos to open at once, without waiting for the sample. @default none */
  readonly photos?: readonly FileToOpen[];
}

/** A browser for the tests of a file; what is started in it ends with its test. */
export function browsing(): (options?: StartOptions) => Promise<Annotator> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  return async ({ address = PAGE_ON_DISK, photos = [], ...options } = {}) => {
    if (!browser) throw new Error("expected to be called within a test.");
    const page = await browser.newPage({ viewport: { width: 1100, height: 720 }, ...options });
    const annotator = new Annotator(page);
    onTestFinished(async () => {
      await page.close();
      expect(annotator.errors).toEqual([]);
    });
    await page.goto(address);
    if (photos.length > 0) await annotator.choose(...photos);
    else await annotator.settled();
    return annotator;
  };
}

/** The page on a plain web server, in a folder, as a static host would serve it. */
export async function serveStatically(): Promise<{ readonly url: string; close(): void }> {
  const html = await readFile(PAGE);
  const server = createServer(({ url }, answer) => {
    const isPage = url === "/tools/maskwise/";
    answer.writeHead(isPage ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" });
    answer.end(isPage ? html : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/tools/maskwise/`, close: () => server.close() };
}
