import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Collection } from "../../data/index.ts";
import { version } from "../version.ts";
import type { DataPaths } from "./openData.ts";
import type { RunFacts } from "./runFolder.ts";

/** What a run is made from, so that it can be told later, and made again. */
export function runFacts(
  seed: number,
  device: string,
  paths: DataPaths,
  data: Readonly<Record<string, readonly Collection[]>>,
): RunFacts {
  const described = Object.entries(paths).map(
    ([name, path]) => [name, { path, names: namesHash(data[name]) }] as const,
  );
  return {
    maskwise: version(),
    commit: commit(),
    seed,
    device,
    data: Object.fromEntries(described),
  };
}

/** Equal where collections have the same pictures by name, in the same order. */
function namesHash(collections: readonly Collection[]): string {
  const hash = createHash("sha256");
  for (const { name, ids } of collections) hash.update(`${JSON.stringify([name, ids])}\n`);
  return hash.digest("hex");
}

/** Of the source tree that this file lies in; an installed package has none. */
function commit(): string | undefined {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { status, stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
