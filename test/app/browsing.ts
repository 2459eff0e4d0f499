/** Browsers for tests, and the places that the page can come from. */

import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { Annotator, type FileToOpen } from "./annotator.ts";
import { findChromium } from "./findChromium.ts";

/** The one file that the build makes. */
export const PAGE: string = fileURLToPath(new URL("../../dist/app/index.html", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** The page opened from the disk, with the model that it may load there. */
export const PAGE_ON_DISK: string = `${pathToFileURL(PAGE).href}#model=colour`;

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
    // Without motion everything is at once where it will be.
    const usual = { viewport: { width: 1100, height: 720 }, reducedMotion: "reduce" } as const;
    const context = await browser.newContext({ ...usual, ...options });
    const annotator = new Annotator(await context.newPage());
    const { page } = annotator;
    onTestFinished(async () => {
      await context.close();
      expect(annotator.errors).toEqual([]);
    });
    await page.goto(address);
    if (photos.length > 0) await annotator.choose(...photos);
    else await annotator.settled();
    return annotator;
  };
}

/** Another page of the same browser, with all that the browser keeps for the first. */
export async function besides(
  annotator: Annotator,
  address = annotator.page.url(),
): Promise<Annotator> {
  const another = new Annotator(await annotator.page.context().newPage());
  onTestFinished(() => expect(another.errors).toEqual([]));
  await another.page.goto(address);
  await another.settled();
  return another;
}

/**
 * The page and what lies beside it on a plain web server, in a folder, as a static host would serve
 * it.
 *
 * @param altered Files to be served otherwise, by what their names begin with; `undefined` for not
 *   at all.
 */
export async function serveStatically(
  altered: Readonly<Record<string, Uint8Array | undefined>> = {},
): Promise<{ readonly url: string; close(): void }> {
  const names = readdirSync(dirname(PAGE));
  const server = createServer(async ({ url = "" }, answer) => {
    const asked = url.slice("/tools/maskwise/".length) || "index.html";
    const other = Object.keys(altered).find((start) => asked.startsWith(start));
    const body =
      other === undefined && names.includes(asked)
        ? await readFile(join(dirname(PAGE), asked))
        : altered[other ?? ""];
    const type = TYPES[extname(asked)] ?? "application/octet-stream";
    answer.writeHead(body === undefined ? 404 : 200, { "Content-Type": type });
    answer.end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/tools/maskwise/`, close };
}
