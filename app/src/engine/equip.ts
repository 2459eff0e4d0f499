/**
 * What a worker segments with: a model by its name, fetched once, and a device that fits it. Networks
 * run on ONNX Runtime in WebAssembly, or where that cannot be had by the interpreter; what is
 * no network needs nothing but the interpreter.
 *
 * Where there is WebGPU, the first picture is answered by WebAssembly all the same, at once; after
 * it the two are compared, and what is opened from then on is on whichever won.
 */

import {
  type Device,
  type Equipment,
  interpreterDevice,
  isNetwork,
  type Model,
  openModel,
  ortDevice,
} from "maskwise";
import * as ort from "onnxruntime-web/wasm";
import { texts } from "../texts.ts";
import type { Assets } from "./assets.ts";
import { contest, type Verdict } from "./contest.ts";
import { fetched } from "./fetched.ts";
import { type GpuRuntime, gpuDevice, gpuName } from "./gpu.ts";
import { recall, remember } from "./verdicts.ts";

/** Of opening the first picture, so much is fetching ONNX Runtime; so much with the weights. */
const RUNTIME_SHARE = 0.5;
const WEIGHTS_SHARE = 0.7;

/** The comparison waits for a person who has just begun to click, in milliseconds. */
const GRACE_MS = 3000;

const known = new Map<string, Promise<Equipment>>();

/** @param progress Told the share that is done of opening a picture as a whole. */
export function equip(name: string, progress: (share: number) => void): Promise<Equipment> {
  const before = known.get(name);
  if (before) return before;
  const equipment = equipped(name, progress);
  known.set(name, equipment);
  // What failed is tried again the next time.
  equipment.catch(() => known.delete(name));
  return equipment;
}

async function equipped(name: string, progress: (share: number) => void): Promise<Equipment> {
  // The page told where its files lie: see assets.ts.
  const { wasm, gpu, weights } = JSON.parse(self.name) as Assets;
  const device = isNetwork(name)
    ? await networkDevice(wasm, (share) => progress(RUNTIME_SHARE * share))
    : { ...interpreterDevice(), name: texts.device.interpreter };
  const model = await openModel(name, (file) =>
    fetched(weights[file] ?? file, (share) =>
      progress(RUNTIME_SHARE + (WEIGHTS_SHARE - RUNTIME_SHARE) * share),
    ),
  );
  return isNetwork(name) ? onTheFaster(name, { model, device }, gpu) : { model, device };
}

async function networkDevice(url: string, progress: (share: number) => void): Promise<Device> {
  try {
    const binary = await fetched(url, progress);
    // Never looked for: the worker has no address that it could be found beside.
    Object.assign(ort.env.wasm, { wasmBinary: binary.buffer, wasmPaths: { wasm: url } });
    const device = ortDevice(ort, { provider: "wasm", threads: 1 });
    return { ...device, name: texts.device.wasm };
  } catch (error) {
    const notes = [texts.slow(String(error))];
    return { ...interpreterDevice(), name: texts.device.interpreter, notes };
  }
}

/** With the device that is known to be the faster one; where that is not known yet, it will be. */
async function onTheFaster(
  name: string,
  usual: { readonly model: Model; readonly device: Device },
  runtime: GpuRuntime,
): Promise<Equipment> {
  const card = await gpuName((navigator as { gpu?: unknown }).gpu);
  if (card === undefined) return usual;
  const key = [name, ort.env.versions.common, card, navigator.userAgent].join(" | ");
  const verdict = await recall(key);
  if (verdict) return afterVerdict(key, verdict, usual, runtime);
  setTimeout(async () => {
    const { model, device } = usual;
    const opened = await contest(
      model,
      device,
      () => gpuDevice(runtime),
      () => performance.now(),
    );
    await remember(key, opened);
    known.set(name, afterVerdict(key, opened, usual, runtime));
  }, GRACE_MS);
  return usual;
}

async function afterVerdict(
  key: string,
  verdict: Verdict,
  { model, device }: { readonly model: Model; readonly device: Device },
  runtime: GpuRuntime,
): Promise<Equipment> {
  const told = texts.device.compared(verdict);
  if (!verdict.isTaken) return { model, device: { ...device, name: told } };
  try {
    const fast = await gpuDevice(runtime);
    const run: Device["run"] = (graph, inputs) =>
      fast.run(graph, inputs).catch(async (error: Error) => {
        // A card that was lost takes all that was encoded on it along: begin anew, without it.
        const failure = error.message;
        await remember(key, { ...verdict, isTaken: false, otherMs: undefined, failure });
        setTimeout(() => {
          throw error;
        });
        return new Promise<never>(() => {});
      });
    return { model, device: { ...fast, run, name: told } };
  } catch {
    return { model, device };
  }
}
