// `npm run check`: everything that needs no run: format and lint, types, doors, dead code.
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { attempt, root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

const bin = (name) => `node_modules/.bin/${name}`;

/** dependency-cruiser reports success when it found nothing to look at; that is a failure here. */
function doors() {
  const { stdout, stderr, status } = spawnSync(
    bin("depcruise"),
    ["src", "app/src", "--config", "tools/doors.cjs"],
    { cwd: root, encoding: "utf8", shell: process.platform === "win32" },
  );
  process.stdout.write(stdout + stderr);
  const modules = Number(/(\d+) modules/.exec(stdout)?.[1] ?? 0);
  if (modules < 10) console.error(`doors: expected to see the source, saw ${modules} modules`);
  return status === 0 && modules >= 10;
}

export const checks = {
  "format and lint": () => attempt(bin("biome"), ["check", "--error-on-warnings", "."]),
  types: () => attempt(bin("tsc"), ["--noEmit"]),
  "types of the package": () => attempt(bin("tsc"), ["--noEmit", "-p", "tsconfig.build.json"]),
  "types without a platform": () => attempt(bin("tsc"), ["--noEmit", "-p", "tsconfig.core.json"]),
  "types of the annotator": () => attempt(bin("tsc"), ["-b", "app/tsconfig.json"]),
  doors,
  "dead code": () => attempt(bin("knip"), []),
};

/** @returns the names of the checks that failed. */
export function check() {
  return Object.entries(checks)
    .filter(([name, passes]) => {
      say(name);
      return !passes();
    })
    .map(([name]) => name);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  setUp();
  const failed = check();
  say(failed.length > 0 ? `failed: ${failed.join(", ")}` : "all checks passed");
  process.exit(failed.length > 0 ? 1 : 0);
}
