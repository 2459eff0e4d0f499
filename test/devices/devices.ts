/** Every device that is held to the laws here, each made once and shared by the tests of a file. */

import ortWeb from "onnxruntime-web";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { type Device, interpreterDevice, ortDevice } from "../../src/runtime/index.ts";

export interface NamedDevice {
  readonly name: string;
  /** How far results of a few operations may be off, relative to their size. */
  readonly tolerance: number;
  open(): Promise<Device>;
}

/** A few roundings of 24 bits each; sums of up to a few dozen terms in single precision. */
const SINGLE = 5e-6;

export const devices: readonly NamedDevice[] = [
  {
    name: "interpreter float64",
    tolerance: 1e-12,
    open: async () => interpreterDevice("float64"),
  },
  {
    name: "interpreter float32",
    tolerance: SINGLE,
    open: async () => interpreterDevice("float32"),
  },
  {
    name: "ONNX Runtime CPU",
    tolerance: SINGLE,
    open: async () => ortDevice(await loadOnnxRuntime(), { threads: 1 }),
  },
  {
    name: "ONNX Runtime WASM",
    tolerance: SINGLE,
    open: async () => ortDevice(ortWeb, { provider: "wasm", threads: 1 }),
  },
];
