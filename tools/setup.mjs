// Bring a fresh clone to where everything runs: the locked packages, and nothing when they are there.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, run, say } from "./run.mjs";

export function setUp() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = join(root, "node_modules", ".maskwise-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("Installing packages (once)");
  // Not `npm ci`: it refuses a lock without the optional packages of every other platform.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) setUp();
