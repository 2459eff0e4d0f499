import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { FormatError } from "../formats/index.ts";
import {
  DEFAULT_MODEL,
  isNetwork,
  type Model,
  type NetworkFile,
  networkModel,
  openModel as openNamedModel,
  readNetworkFile,
} from "../models/index.ts";
import type { DeviceName, OnnxDeviceName } from "./openDevice.ts";
import { openOnnxModel } from "./openOnnxModel.ts";
import { readBytes } from "./readBytes.ts";

/** Where an `.onnx` file runs, which brings graphs of its own. */
export interface OpenModelOptions {
  /** @default "cpu" */
  readonly device?: DeviceName | undefined;
  /** How many threads compute. @default as many as ONNX Runtime thinks best */
  readonly threads?: number | undefined;
}

/**
 * A model by its name, with the weights that come with this package; the network of a `.safetensors`
 * file, as `maskwise train` writes it; or that of an `.onnx` file, as `openOnnxModel`.
 *
 *     const model = await openModel(); // the default, or "colour", or "mine.safetensors"
 *
 * @throws {RangeError} No such name.
 * @throws {Error} The file is missing.
 * @throws {FormatError} It is no network of Maskwise, or of another architecture than it says; the
 *   package's own weights are missing or damaged.
 */
export async function openModel(
  nameOrFile: string = DEFAULT_MODEL,
  { device, threads }: OpenModelOptions = {},
): Promise<Model> {
  if (isOnnx(nameOrFile)) return openOnnxModel(nameOrFile, { device: onnxDevice(device), threads });
  if (!isWeights(nameOrFile)) return openNamedModel(nameOrFile, packagedWeights);
  const { configuration, numbers } = await openNetworkFile(nameOrFile);
  return networkModel(configuration, numbers);
}

/** What a `.safetensors` file holds, or that of a trained model; throws like `openModel`. */
export async function openNetworkFile(nameOrFile: string): Promise<NetworkFile> {
  if (!isWeights(nameOrFile) && !isNetwork(nameOrFile)) {
    throw new RangeError(
      `openModel: expected a network's name or a .safetensors file, got "${nameOrFile}".`,
    );
  }
  const bytes = isWeights(nameOrFile)
    ? await readBytes("openModel", nameOrFile, "the weights of a network")
    : await packagedWeights(`${nameOrFile}.safetensors`);
  try {
    return readNetworkFile(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`openModel: "${nameOrFile}" cannot be used. ${cause.message}`, { cause });
  }
}

/** Whether a model is called by its file. */
export function isModelFile(name: string): boolean {
  return isWeights(name) || isOnnx(name);
}

/** Whether a model is called by the file of its weights. */
export function isWeights(name: string): boolean {
  return extname(name).toLowerCase() === ".safetensors";
}

/** Whether a model is called by a file of ONNX. */
export function isOnnx(name: string): boolean {
  return extname(name).toLowerCase() === ".onnx";
}

/** Where a file of ONNX runs when graphs run there: the interpreter knows none. */
export function onnxDevice(device: DeviceName = "cpu"): OnnxDeviceName {
  return device === "interpreter" ? "cpu" : device;
}

/** From the folder `weights` of the package, which lies two up from here, compiled or not. */
export function packagedWeights(file: string): Promise<Uint8Array> {
  const path = fileURLToPath(new URL(`../../weights/${file}`, import.meta.url));
  return readBytes("openModel", path, "weights");
}
