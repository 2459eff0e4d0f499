/**
 * Run golden packs and say how many of their expectations are met.
 *
 *     npm run conformance -- PACK_FOLDER…
 *
 * Exit code 0 when nothing failed, 1 when something did, 2 for wrong usage.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { executors } from "./executors.ts";
import { openPack } from "./pack.ts";
import { count, failure, newTally, reasons, summary } from "./report.ts";
import { runPack } from "./runPack.ts";

const USAGE = `usage: npm run conformance -- PACK_FOLDER…

Each folder holds a manifest.json of format golden-1 and its .safetensors files.
Example: npm run conformance -- ../shared/golden/public`;

async function main(folders: readonly string[]): Promise<number> {
  if (folders.includes("--help") || folders.includes("-h")) {
    console.log(USAGE);
    return 0;
  }
  const wrong = folders.find((folder) => !existsSync(join(folder, "manifest.json")));
  if (folders.length === 0 || wrong !== undefined) {
    const problem = wrong === undefined ? "no pack folder given" : `no manifest.json in ${wrong}`;
    console.error(`conformance: ${problem}.\n\n${USAGE}`);
    return 2;
  }
  const total = newTally();
  for (const folder of folders) {
    const pack = openPack(folder);
    for (const executor of executors) {
      const tally = newTally();
      for await (const result of runPack(pack, executor)) {
        count(tally, result);
        count(total, result);
        if (result.outcome === "failed") console.log(failure(result));
      }
      console.log(`${pack.name} on ${executor.name}: ${summary(tally)}`);
    }
  }
  for (const line of reasons(total)) console.log(line);
  console.log(summary(total));
  return total.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`conformance: ${(error as Error).message}`);
  process.exitCode = 1;
}
