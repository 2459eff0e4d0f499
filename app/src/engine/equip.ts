/**
 * What a worker segments with: a model by its name, fetched once, and a device that fits it. Networks
 * run on ONNX Runtime in WebAssembly, or where that cannot be had by the interpreter; what is
 * no network needs nothing but the interpreter.
 */

import {
  type Device,
  type Equipment,
  interpreterDevice,
  isNetwork,
  openModel,
  ortDevice,
} from "maskwise";
import * as ort from "onnxruntime-web/wasm";
import { texts } from "../texts.ts";
import type { Assets } from "./assets.ts";
import { fetched } from "./fetched.ts";

/** Of opening the first picture, so much is fetching ONNX Runtime; so much with the weights. */
const RUNTIME_SHARE = 0.5;
const WEIGHTS_SHARE = 0.7;

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
  const { wasm, weights } = JSON.parse(self.name) as Assets;
  const device = isNetwork(name)
    ? await networkDevice(wasm, (share) => progress(RUNTIME_SHARE * share))
    : interpreterDevice();
  const model = await openModel(name, (file) =>
    fetched(weights[file] ?? file, (share) =>
      progress(RUNTIME_SHARE + (WEIGHTS_SHARE - RUNTIME_SHARE) * share),
    ),
  );
  return { model, device };
}

async function networkDevice(url: string, progress: (share: number) => void): Promise<Device> {
  try {
    const binary = await fetched(url, progress);
    // Never looked for: the worker has no address that it could be found beside.
    Object.assign(ort.env.wasm, { wasmBinary: binary.buffer, wasmPaths: { wasm: url } });
    return ortDevice(ort, { provider: "wasm", threads: 1 });
  } catch (error) {
    return { ...interpreterDevice(), notes: [texts.slow(String(error))] };
  }
}
