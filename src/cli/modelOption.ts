import { InvalidArgumentError, Option } from "commander";
import { DEFAULT_MODEL, isNetwork, modelNames } from "../models/index.ts";
import { isModelFile, isWeights } from "../node/index.ts";

const KNOWN = `${modelNames.join(", ")}, or a .safetensors or .onnx file`;

/** `--model` where a file will do as well as a name. */
export function modelOption(): Option {
  return new Option("--model <name>", `what segments: ${KNOWN}`)
    .default(DEFAULT_MODEL)
    .argParser((name: string) => {
      if (isModelFile(name) || modelNames.some((known) => known === name)) return name;
      throw new InvalidArgumentError(`Expected one of ${KNOWN}.`);
    });
}

/** The argument that names a network: one that comes with Maskwise, or the file of its weights. */
export function networkOrFile(name: string): string {
  if (isWeights(name) || isNetwork(name)) return name;
  throw new InvalidArgumentError(
    modelNames.some((known) => known === name)
      ? `The model ${name} has no network: it learns from the picture alone. Name small, or a .safetensors file.`
      : "Expected small, or a .safetensors file with the weights of a network.",
  );
}
