import { InvalidArgumentError, Option } from "commander";
import { DEFAULT_MODEL, modelNames } from "../models/index.ts";
import { isModelFile } from "../node/index.ts";

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
