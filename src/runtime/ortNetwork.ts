/** The network of an ONNX file, run by ONNX Runtime, in Node and in browsers. */

import type { Network } from "../graph/onnx/network.ts";
import { readMetadata } from "../graph/onnx/readMetadata.ts";
import type { OrtModule, OrtValue } from "./ortModule.ts";

export interface OrtNetworkOptions {
  /** As ONNX Runtime calls it: `cpu`, `wasm`, `webgpu`, `cuda`. */
  readonly provider: string;
  /** How many threads compute. @default as many as ONNX Runtime thinks best */
  readonly threads?: number | undefined;
}

/**
 *     const network = await ortNetwork(ort, bytes, { provider: "wasm" });
 *
 * @param ort   The module `onnxruntime-node` or `onnxruntime-web`.
 * @param bytes Of the file, with its weights inside.
 * @throws What ONNX Runtime throws when it cannot run the file there.
 */
export async function ortNetwork(
  ort: OrtModule,
  bytes: Uint8Array,
  { provider, threads }: OrtNetworkOptions,
): Promise<Network> {
  if (provider === "wasm" && threads !== undefined) ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: [provider],
    logSeverityLevel: 3,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  });
  return {
    inputs: session.inputMetadata.map(described),
    outputs: session.outputMetadata.map(described),
    metadata: readMetadata(bytes),
    run: async (given) => {
      const feeds = Object.entries(given).map(([name, { sizes, data }]) => [
        name,
        new ort.Tensor("float32", data, sizes),
      ]);
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { dims, data }]) => [
          name,
          { sizes: dims, data: data as Float32Array },
        ]),
      );
    },
  };
}

function described({ name, type = "no tensor", shape = [] }: OrtValue): Network["inputs"][number] {
  return { name, type, sizes: shape };
}
