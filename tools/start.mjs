// `npm start`: set up, build what is missing, open the annotator. Further arguments go to it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { build } from "./build.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

setUp();
build();
const annotator = spawn(
  process.execPath,
  [join(root, "dist/cli/main.js"), "annotate", ...process.argv.slice(2)],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => annotator.kill(signal));
annotator.on("exit", (code) => process.exit(code ?? 0));
