// Build the library, the command line and the annotator into dist/.
import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path)
    .filter((name) => name !== "node_modules" && name !== "dist")
    .reduce((time, name) => Math.max(time, newest(join(path, name))), 0);
}

const SOURCES = [
  "src",
  "app",
  "weights",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

/** The element's declarations, without those of what is inside it. */
function declareElement() {
  const written = join(root, "node_modules/.cache/element-types/element");
  rmSync(written, { recursive: true, force: true });
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "app/tsconfig.element.json"]);
  for (const name of readdirSync(written).filter((one) => one.endsWith(".ts"))) {
    copyFileSync(join(written, name), join(root, "dist/element", name));
  }
}

/** Whether what is built is older than what it is built from. */
function stale() {
  const built = ["cli/main.js", "app/index.html", "app/sw.js"].map((name) =>
    join(root, "dist", name),
  );
  if (!built.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return SOURCES.some((name) => newest(join(root, name)) > oldest);
}

export function build({ force = false } = {}) {
  if (!force && !stale()) return;
  say("Building");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"]);
  run("npm", ["run", "build", "--workspace", "app", "--silent"]);
  declareElement();
  run(process.execPath, ["tools/offline.mjs"]);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp();
  build({ force: true });
}
