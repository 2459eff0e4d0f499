// `npm run check:package`: is the packed package correct for those who install it?
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { attempt, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

export const packageChecks = {
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
