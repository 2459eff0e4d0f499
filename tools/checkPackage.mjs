// `npm run check:package`: is the packed package correct for those who install it?
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "./build.mjs";
import { attempt, root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

/** The page with all its scripts, compressed: without models and ONNX Runtime's WebAssembly, which lie beside it. */
const MOST_BYTES = 400_000;

function pageIsSmall() {
  const bytes = gzipSync(readFileSync(join(root, "dist/app/index.html")), { level: 9 }).length;
  console.log(`${bytes} bytes of at most ${MOST_BYTES}`);
  return bytes <= MOST_BYTES;
}

export const packageChecks = {
  "package: the page is small": pageIsSmall,
  "package: publint": () => attempt("node_modules/.bin/publint", ["--strict"]),
  "package: types": () =>
    attempt("node_modules/.bin/attw", ["--pack", "--profile", "esm-only", "--quiet"]),
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp();
  build();
  const failed = Object.entries(packageChecks).filter(([name, passes]) => {
    say(name);
    return !passes();
  });
  process.exit(failed.length > 0 ? 1 : 0);
}
