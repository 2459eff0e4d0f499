/** WebGPU: whether there is one here, and ONNX Runtime on it. */

import { type Device, type OrtModule, ortDevice } from "maskwise";
import { fetched } from "./fetched.ts";

/** The addresses of ONNX Runtime's build for WebGPU, fetched only where it is to be tried. */
export interface GpuRuntime {
  readonly module: string;
  readonly wasm: string;
}

/** Of the browser's interface, what is asked here. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: Readonly<Record<string, unknown>> } | null>;
}

/** What the graphics card calls itself, or `undefined` where there is none to compute on. */
export async function gpuName(gpu: unknown): Promise<string | undefined> {
  try {
    const adapter = await (gpu as Gpu | undefined)?.requestAdapter();
    if (!adapter) return undefined;
    const { vendor, architecture, device } = adapter.info ?? {};
    const name = [vendor, architecture, device].filter((part) => typeof part === "string" && part);
    return name.join(" ") || "unnamed";
  } catch {
    return undefined;
  }
}

/** @throws {Error} It cannot be fetched or started. */
export async function gpuDevice({ module, wasm }: GpuRuntime): Promise<Device> {
  const [ort, binary] = await Promise.all([
    import(/* @vite-ignore */ module) as Promise<OrtModule>,
    fetched(wasm, () => {}),
  ]);
  Object.assign(ort.env.wasm, { wasmBinary: binary.buffer, wasmPaths: { wasm }, numThreads: 1 });
  return ortDevice(ort, { provider: "webgpu" });
}
