/**
 * Run golden packs and say how many of their expectations are met.
 *
 *     npm run conformance -- PACK_FOLDER… [--device NAME,…]
 *
 * Exit code 0 when nothing failed, 1 when something did, 2 for wrong usage.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type TestDevice, testDevices } from "../support/devices.ts";
import { openExecutor, usualDevices } from "./executors.ts";
import { openPack } from "./pack.ts";
import { count, failure, newTally, reasons, summary } from "./report.ts";
import { runPack } from "./runPack.ts";

const USAGE = `usage: npm run conformance -- PACK_FOLDER… [--device NAME,…]

Each folder holds a manifest.json of format golden-1 and its .safetensors files.
Devices: ${testDevices.map(({ name }) => name).join(", ")}
(default: ${usualDevices.map(({ name }) => name).join(", ")}).
Example: npm run conformance -- ../shared/golden/public --device cpu,wasm`;

async function main(words: readonly string[]): Promise<number> {
  const { values, positionals: folders } = typed(words);
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const wrong = folders.find((folder) => !existsSync(join(folder, "manifest.json")));
  if (folders.length === 0 || wrong !== undefined) {
    const problem = wrong === undefined ? "no pack folder given" : `no manifest.json in ${wrong}`;
    throw new WrongUsage(`${problem}.`);
  }
  const devices = devicesNamed(values.device);
  const total = newTally();
  const packs = folders.map(openPack);
  for (const device of devices) {
    const executor = await openExecutor(device);
    for (const pack of packs) {
      const tally = newTally();
      for await (const result of runPack(pack, executor)) {
        count(tally, result);
        count(total, result);
        if (result.outcome === "failed") console.log(failure(result));
      }
      console.log(`${pack.name} on ${executor.name}: ${summary(tally)}`);
    }
    for (const note of executor.notes) console.log(`  ${executor.name}: ${note}`);
    await executor.close();
  }
  for (const line of reasons(total)) console.log(line);
  console.log(summary(total));
  return total.failed > 0 ? 1 : 0;
}

/** Something typed that cannot be done. */
class WrongUsage extends Error {}

/** @throws {WrongUsage} For options that there are not. */
function typed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { device: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new WrongUsage((error as Error).message);
  }
}

function devicesNamed(list: string | undefined): readonly TestDevice[] {
  if (list === undefined) return usualDevices;
  return list.split(",").map((name) => {
    const device = testDevices.find((known) => known.name === name);
    if (device === undefined) throw new WrongUsage(`no device "${name}".`);
    return device;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof WrongUsage;
  console.error(`conformance: ${(error as Error).message}${isUsage ? `\n\n${USAGE}` : ""}`);
  process.exitCode = isUsage ? 2 : 1;
}
