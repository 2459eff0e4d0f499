import { basename } from "node:path";
import { FormatError } from "../formats/index.ts";
import { type Model, type Network, onnxModel } from "../models/index.ts";
import type { OrtLoadedSession, OrtModule, OrtValue } from "../runtime/index.ts";
import { loadOnnxRuntime } from "./onnxRuntime.ts";
import { type OnnxDeviceName, PACKAGE_OF } from "./openDevice.ts";
import { readBytes } from "./readBytes.ts";

export interface OpenOnnxModelOptions {
  /** Who runs it. @default "cpu" */
  readonly device?: OnnxDeviceName;
  /** How many threads compute. @default as many as ONNX Runtime thinks best */
  readonly threads?: number;
}

/**
 * The network of an `.onnx` file as a model that answers clicks; `docs/evaluation.md` says what the
 * file must take and give.
 *
 *     const segmenter = await openPicture(picture, await openOnnxModel("mine.onnx"), { run });
 *
 * @throws {Error} The file is missing, or the package of ONNX Runtime is.
 * @throws {FormatError} It is no ONNX that runs there, or takes or gives something else.
 */
export async function openOnnxModel(
  path: string,
  { device = "cpu", threads }: OpenOnnxModelOptions = {},
): Promise<Model> {
  const bytes = await readBytes("openOnnxModel", path, "an ONNX model");
  const ort = await loadOnnxRuntime(PACKAGE_OF[device]);
  if (device === "wasm" && threads !== undefined) ort.env.wasm.numThreads = threads;
  let session: OrtLoadedSession;
  try {
    session = await ort.InferenceSession.create(bytes, {
      executionProviders: [device],
      logSeverityLevel: 3,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    });
  } catch (cause) {
    const [got] = String((cause as Error).message ?? cause).split("\n");
    throw new FormatError(
      `openOnnxModel: expected an ONNX model at "${path}" that ONNX Runtime runs on "${device}", got "${got}". Check it with onnx.checker, with its weights inside the file.`,
      { cause },
    );
  }
  return onnxModel(basename(path), networkOf(ort, session));
}

function networkOf(ort: OrtModule, session: OrtLoadedSession): Network {
  return {
    inputs: session.inputMetadata.map(described),
    outputs: session.outputMetadata.map(described),
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
