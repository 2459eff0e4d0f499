/**
 * The files beside the page that its workers fetch: weights of models, and ONNX Runtime. A worker is
 * inside the page and has no address of its own, so it is told where they lie, as its name.
 */

import gpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import gpuModule from "onnxruntime-web/webgpu?url";
import type { GpuRuntime } from "./gpu.ts";

export interface Assets {
  /** The address of ONNX Runtime's WebAssembly. */
  readonly wasm: string;
  readonly gpu: GpuRuntime;
  /** Addresses by file, such as `small.safetensors`. */
  readonly weights: Readonly<Record<string, string>>;
}

const weights = import.meta.glob<string>("../../../weights/*.safetensors", {
  query: "?url",
  import: "default",
  eager: true,
});

const assets: Assets = {
  wasm: absolute(wasm),
  gpu: { module: absolute(gpuModule), wasm: absolute(gpuWasm) },
  weights: Object.fromEntries(
    Object.entries(weights).map(([path, url]) => [
      path.slice(path.lastIndexOf("/") + 1),
      absolute(url),
    ]),
  ),
};

/** How a worker is started so that it knows them. */
export const withAssets: { readonly name: string } = { name: JSON.stringify(assets) };

function absolute(url: string): string {
  return new URL(url, document.baseURI).href;
}
