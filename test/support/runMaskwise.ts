/** `maskwise` as processes of their own, to be killed. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Running {
  readonly child: ChildProcess;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** What it said on standard error. */
  talk(): string;
}

/** @param main The file of the command line. @default that in the source tree */
export function runMaskwise(words: readonly string[], main: string = MAIN): Running {
  const loader = main.endsWith(".ts") ? ["--import", import.meta.resolve("tsx")] : [];
  const child = spawn(process.execPath, [...loader, main, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let talk = "";
  child.stderr.on("data", (chunk) => {
    talk += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  return { child, ended, talk: () => talk };
}
