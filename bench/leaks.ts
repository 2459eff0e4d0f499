/**
 * Whether memory stays where it is: 2,000 runs with changing shapes, 200 devices made and disposed of,
 * and 200 bound programs. Resident memory at the end, relative to that after a tenth (the runs) or a
 * quarter of the way: 1.10 is the most that is no leak.
 *
 *     node --expose-gc --max-semi-space-size=1 --import tsx bench/leaks.ts [cpu | wasm | interpreter]
 *
 * V8 lets its space for young objects grow over the first thousand runs, whoever computes: it is held
 * small here, so that only what devices keep is seen.
 */

import { contract, type Graph, graph, input, softmax } from "../src/graph/index.ts";
import { type DeviceName, deviceNames, openDevice } from "../src/node/index.ts";
import { type HostTensor, tensor } from "../src/tensor/index.ts";

const [, , asked = "cpu"] = process.argv;
const found = deviceNames.find((each) => each === asked);
if (found === undefined) throw new Error(`leaks: expected one of ${deviceNames.join(", ")}.`);
const name: DeviceName = found;

/** Attention over so many keys: 50 shapes, and nothing small. */
function work(i: number): { built: Graph; inputs: Readonly<Record<string, HostTensor>> } {
  const keys = 100 + 10 * (i % 50);
  const q = input("q", { queries: 256, channels: 64 });
  const k = input("k", { keys, channels: 64 });
  const built = graph({ y: contract(softmax(contract(q, k, "channels"), "keys"), k, "keys") });
  const ones = (sizes: Readonly<Record<string, number>>, count: number): HostTensor =>
    tensor(sizes, new Float32Array(count).fill(1));
  return {
    built,
    inputs: {
      q: ones({ queries: 256, channels: 64 }, 256 * 64),
      k: ones({ keys, channels: 64 }, keys * 64),
    },
  };
}

/** Resident memory in MB, after what nobody needs was thrown away. */
function resident(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}

async function watch(
  what: string,
  times: number,
  early: number,
  once: (i: number) => Promise<void>,
): Promise<void> {
  let before = 0;
  for (let i = 0; i < times; i++) {
    await once(i);
    if (i + 1 === early) before = resident();
  }
  const after = resident();
  console.log(
    `${name}: ${times} ${what}: ${before.toFixed(0)} MB after ${early}, ${after.toFixed(0)} MB ` +
      `at the end: × ${(after / before).toFixed(3)}`,
  );
}

const device = await openDevice(name, { threads: 1 });
await watch("runs with changing shapes", 2000, 200, async (i) => {
  const { built, inputs } = work(i);
  await device.run(built, inputs);
});
await watch("programs bound, run and disposed of", 200, 50, async (i) => {
  const { built, inputs } = work(i);
  const program = await device.bind(built, { constants: { k: inputs["k"] } });
  const { y } = await program.run({ q: inputs["q"] });
  y.dispose();
  await program.dispose();
});
await device.dispose();
await watch("devices opened, used and disposed of", 200, 50, async (i) => {
  const { built, inputs } = work(i);
  const own = await openDevice(name, { threads: 1 });
  await own.run(built, inputs);
  await own.dispose();
});
