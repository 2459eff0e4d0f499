/**
 * The files beside the page that its workers fetch: weights of models, and ONNX Runtime. A worker is
 * inside the page and has no address of its own, so it is told where they lie, as its name.
 */

import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

export interface Assets {
  /** The address of ONNX Runtime's WebAssembly. */
  readonly wasm: string;
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
