import { basename } from "node:path";
import { FormatError } from "../formats/index.ts";
import type { Network } from "../graph/index.ts";
import { type EncoderOptions, type Model, onnxModel } from "../models/index.ts";
import { ortNetwork } from "../runtime/index.ts";
import { loadOnnxRuntime } from "./onnxRuntime.ts";
import { type OnnxDeviceName, PACKAGE_OF } from "./openDevice.ts";
import { readBytes } from "./readBytes.ts";

/** Who runs the file; and, where it is an encoder, how pictures are made numbers for it. */
export interface OpenOnnxModelOptions extends EncoderOptions {
  /** @default "cpu" */
  readonly device?: OnnxDeviceName;
  /** How many threads compute. @default as many as ONNX Runtime thinks best */
  readonly threads?: number | undefined;
}

/**
 * The network of an `.onnx` file as a model. Where it takes clicks, it answers them
 * (`docs/evaluation.md`); where it takes a picture alone, it is an encoder, and probabilistic attention
 * answers from its features (`docs/onnx.md`).
 *
 *     const segmenter = await openPicture(picture, await openOnnxModel("mine.onnx"), { run });
 *
 * @throws {Error} The file is missing, or the package of ONNX Runtime is.
 * @throws {FormatError} It is no ONNX that runs there, or takes or gives something else; or an option
 *   is out of range.
 */
export async function openOnnxModel(
  path: string,
  { device = "cpu", threads, ...options }: OpenOnnxModelOptions = {},
): Promise<Model> {
  const bytes = await readBytes("openOnnxModel", path, "an ONNX model");
  const ort = await loadOnnxRuntime(PACKAGE_OF[device]);
  let network: Network;
  try {
    network = await ortNetwork(ort, bytes, { provider: device, threads });
  } catch (cause) {
    const [got] = String((cause as Error).message ?? cause).split("\n");
    throw new FormatError(
      `openOnnxModel: expected an ONNX model at "${path}" that ONNX Runtime runs on "${device}", got "${got}". Check it with onnx.checker, with its weights inside the file.`,
      { cause },
    );
  }
  return onnxModel(basename(path), network, options);
}
