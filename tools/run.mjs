// Run a command with its output shown, and fail when it fails.
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns whether the command succeeded. */
export function attempt(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  return status === 0;
}

export function run(command, args, options) {
  if (!attempt(command, args, options)) {
    console.error(`failed: ${command} ${args.join(" ")}`);
    process.exit(1);
  }
}

/** Talk to the person, apart from the output of tools. */
export function say(text) {
  process.stderr.write(`\n— ${text}\n`);
}
