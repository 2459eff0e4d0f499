/**
 * What the values of 16 clicks cost, beside one attention of all tokens, both with ONNX Runtime:
 *
 *     npx tsx bench/attentionClicks.ts --tokens 1024,4096 --threads 1
 *
 * Three steps of value propagation among the units of eight heads, 64 channels each; the answers stay
 * on the device, as a network leaves them that goes on with them.
 */

import { parseArgs } from "node:util";
import { loadOnnxRuntime } from "../src/node/index.ts";
import { type DeviceTensor, ortDevice } from "../src/runtime/index.ts";
import { CASES, type Case, drawn, graphOf, propagationOf } from "./attentionCases.ts";
import { least, timed } from "./timing.ts";
import type { Took } from "./torchPeer.ts";

const { values: options } = parseArgs({
  options: {
    tokens: { type: "string", default: "1024,4096" },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "20" },
  },
});

const [PLAIN] = CASES;
const CLICKS = CASES.find(({ labels }) => labels === "16 clicks") ?? PLAIN;

interface Runner {
  run(): Promise<void>;
  dispose(): Promise<void>;
}

async function runner(
  one: Case,
  graphFor: typeof graphOf,
  tokens: number,
  threads: number,
): Promise<Runner> {
  const device = ortDevice(await loadOnnxRuntime(), { threads });
  const { inputs } = drawn(tokens, one);
  const graph = graphFor(tokens, one, inputs);
  const program = await device.bind(graph);
  const given: Record<string, DeviceTensor> = {};
  for (const name of Object.keys(graph.inputs)) given[name] = await device.place(inputs[name]);
  return {
    run: async () => (await program.run(given))["out"].dispose(),
    dispose: () => device.dispose(),
  };
}

async function share(tokens: number, threads: number): Promise<string> {
  const clicks = await runner(CLICKS, propagationOf, tokens, threads);
  const attention = await runner(PLAIN, graphOf, tokens, threads);
  const [few, all]: [Took[], Took[]] = [[], []];
  for (let round = 0; round <= Number(options.rounds); round++) {
    few.push(await timed(clicks.run));
    all.push(await timed(attention.run));
  }
  await clicks.dispose();
  await attention.dispose();
  const [said, whole] = [least(few), least(all)];
  const percent = (field: keyof Took): string =>
    `${((100 * said[field]) / whole[field]).toFixed(1)} %`;
  return (
    `${tokens} tokens, threads ${threads}: 16 clicks take ${said.ms.toFixed(2)} ms, one attention ` +
    `${whole.ms.toFixed(1)} ms: ${percent("ms")} of it, ${percent("cpuMs")} by processor time.`
  );
}

for (const threads of options.threads.split(",").map(Number)) {
  for (const tokens of options.tokens.split(",").map(Number)) {
    console.log(await share(tokens, threads));
  }
}
