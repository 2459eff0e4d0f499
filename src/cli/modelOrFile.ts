import { extname } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { DEFAULT_MODEL, type Model, model, modelNames } from "../models/index.ts";
import {
  type DeviceName,
  type OnnxDeviceName,
  openNetworkModel,
  openOnnxModel,
} from "../node/index.ts";

/** `--model` where a file will do as well as a name. */
export function modelOrFileOption(): Option {
  return new Option(
    "--model <name>",
    `what segments: ${modelNames.join(", ")}, or a .safetensors or .onnx file`,
  )
    .default(DEFAULT_MODEL)
    .argParser((name: string) => {
      if (isModelFile(name) || modelNames.some((known) => known === name)) return name;
      throw new InvalidArgumentError(
        `Expected one of ${modelNames.join(", ")}, or a .safetensors or .onnx file.`,
      );
    });
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
export function onnxDevice(device: DeviceName): OnnxDeviceName {
  return device === "interpreter" ? "cpu" : device;
}

/** Where a model runs that comes with a runtime of its own. */
interface Where {
  readonly device: DeviceName;
  readonly threads?: number;
}

/** The model of a name or of a file. */
export async function modelOrFile(name: string, { device, threads }: Where): Promise<Model> {
  if (isOnnx(name)) return openOnnxModel(name, { device: onnxDevice(device), threads });
  return isWeights(name) ? openNetworkModel(name) : model(name);
}
