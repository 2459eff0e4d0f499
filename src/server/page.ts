/** The annotator's page, the files beside it, and headers that let it do what it needs and nothing else. */

import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What it fetches when a network segments. */
  readonly assets: readonly Asset[];
}

/** A file beside the page. */
interface Asset {
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is served of the page's folder, by file name ending. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".safetensors": "application/octet-stream",
};

/** Sent with every answer. */
export const HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** Beside the compiled server, and where the build leaves it when the source itself is run. */
const PLACES = ["../app/index.html", "../../dist/app/index.html"];

/**
 * Read the built page.
 *
 * @param path @default where the build puts it
 * @throws {Error} When it has not been built.
 */
export async function readPage(path?: string): Promise<Page> {
  const places = path === undefined ? PLACES.map(besideThisFile) : [path];
  for (const place of places) {
    const html = await readFile(place, "utf8").catch(() => undefined);
    if (html !== undefined) {
      const headers = { ...HEADERS, "Content-Security-Policy": policy(html) };
      return { html, headers, assets: await assetsIn(dirname(place)) };
    }
  }
  throw new Error(
    `annotate: expected the annotator's page at "${places[0]}", got nothing. Build it with "npm run build".`,
  );
}

async function assetsIn(folder: string): Promise<readonly Asset[]> {
  const assets: Asset[] = [];
  for (const name of await readdir(folder)) {
    const type = MEDIA_TYPES[extname(name)];
    if (type === undefined) continue;
    const path = join(folder, name);
    const headers = {
      "Content-Type": type,
      "Content-Length": String((await stat(path)).size),
      // Their names hold a hash of what is in them, so they are never out of date.
      "Cache-Control": "max-age=31536000, immutable",
    };
    assets.push({ name, path, headers });
  }
  return assets;
}

function besideThisFile(place: string): string {
  return fileURLToPath(new URL(place, import.meta.url));
}

/**
 * Only the page's own inline scripts, known by their hashes, the worker they start, and the modules
 * beside the page; pictures from memory; talk with this server alone.
 */
function policy(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(" ")} 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "connect-src 'self' blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
