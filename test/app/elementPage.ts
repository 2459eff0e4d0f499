/** A page of somebody else, with the built `maskwise/element` on it. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

const PAGE = `<!doctype html>
<title>Somebody else's page</title>
<maskwise-image style="width: 800px; height: 600px"></maskwise-image>
<script type="module">
  import "/maskwise/element/index.js";
  const image = document.querySelector("maskwise-image");
  const told = [];
  for (const name of ["change", "masks", "progress", "ready", "restart", "problem"]) {
    image.on(name, (detail) => told.push({ name, detail }));
  }
  Object.assign(window, { image, told });
</script>`;

/** Its address, until the test ends. The package lies under `/maskwise/`; what is given, beside it. */
export async function serveElement(
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<string> {
  const server = createServer(async ({ url = "/" }, answer) => {
    const [path = "/"] = url.split("?");
    const body = await bodyOf(path, files);
    const type = path === "/" ? "text/html; charset=utf-8" : TYPES[extname(path)];
    answer.writeHead(body === undefined ? 404 : 200, type ? { "Content-Type": type } : {});
    answer.end(body ?? "");
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function bodyOf(
  path: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Uint8Array | string | undefined> {
  if (path === "/") return PAGE;
  if (!path.startsWith("/maskwise/")) return files[path.slice(1)];
  const file = normalize(join(DIST, path.slice("/maskwise/".length)));
  return file.startsWith(DIST) ? readFile(file).catch(() => undefined) : undefined;
}
